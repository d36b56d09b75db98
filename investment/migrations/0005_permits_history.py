"""Puts the tables of the permit clock under the change log."""

from django.db import migrations

TABLES = ("investment_permitrule", "investment_permit", "investment_permitevent")


class Migration(migrations.Migration):
    dependencies = [("investment", "0004_permits")]
    operations = [
        migrations.RunSQL([f"SELECT history_track('{table}')" for table in TABLES], migrations.RunSQL.noop),
    ]
