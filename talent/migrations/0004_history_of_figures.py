"""Puts the new tables of talent under the change log."""

from django.db import migrations

TABLES = (
    "talent_programmefigure",
)


class Migration(migrations.Migration):
    dependencies = [("talent", "0003_programme_figures"), ("tasks", "0002_history_and_tree")]
    operations = [
        migrations.RunSQL([f"SELECT history_track('{table}')" for table in TABLES], migrations.RunSQL.noop),
    ]
