"""Puts the tables of technology under the change log."""

from django.db import migrations

TABLES = (
    "technology_legallist",
    "technology_technologyprofile",
    "technology_researchprogramme",
    "technology_researchhub",
    "technology_hubphase",
)


class Migration(migrations.Migration):
    dependencies = [("technology", "0001_initial"), ("tasks", "0002_history_and_tree")]
    operations = [
        migrations.RunSQL([f"SELECT history_track('{table}')" for table in TABLES], migrations.RunSQL.noop),
    ]
