"""Puts the tables of ecosystem under the change log."""

from django.db import migrations

TABLES = (
    "ecosystem_leadproject",
    "ecosystem_supplyitem",
    "ecosystem_dependenceobservation",
    "ecosystem_motherfactory",
)


class Migration(migrations.Migration):
    dependencies = [("ecosystem", "0001_initial"), ("tasks", "0002_history_and_tree")]
    operations = [
        migrations.RunSQL([f"SELECT history_track('{table}')" for table in TABLES], migrations.RunSQL.noop),
    ]
