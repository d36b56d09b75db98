"""Puts the new tables of ecosystem under the change log."""

from django.db import migrations

TABLES = (
    "ecosystem_supplyplan",
    "ecosystem_supplysector",
)


class Migration(migrations.Migration):
    dependencies = [("ecosystem", "0003_supply_plans"), ("tasks", "0002_history_and_tree")]
    operations = [
        migrations.RunSQL([f"SELECT history_track('{table}')" for table in TABLES], migrations.RunSQL.noop),
    ]
