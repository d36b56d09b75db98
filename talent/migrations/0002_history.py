"""Puts the tables of talent under the change log."""

from django.db import migrations

TABLES = (
    "talent_talentprogramme",
    "talent_cohort",
    "talent_foreigntalentincentive",
)


class Migration(migrations.Migration):
    dependencies = [("talent", "0001_initial"), ("tasks", "0002_history_and_tree")]
    operations = [
        migrations.RunSQL([f"SELECT history_track('{table}')" for table in TABLES], migrations.RunSQL.noop),
    ]
