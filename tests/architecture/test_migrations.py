"""Every change of a model has its migration, and each migration has one successor."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from tasks.models import Region

pytestmark = pytest.mark.django_db


def missing():
    out = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=out, stderr=out)
    except SystemExit:
        return out.getvalue()
    return ""


def test_no_migration_is_missing():
    assert missing() == ""


def test_a_changed_model_without_a_migration_is_seen(monkeypatch):
    monkeypatch.setattr(Region._meta.get_field("key"), "max_length", 21)
    assert "Alter field key on region" in missing()


def test_no_two_migrations_follow_the_same_one():
    assert MigrationLoader(None).detect_conflicts() == {}
