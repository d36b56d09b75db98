"""Puts the tables of trade under the change log."""

from django.db import migrations

TABLES = (
    "trade_framework",
    "trade_frameworkstep",
    "trade_negotiationcase",
    "trade_casestep",
    "trade_position",
    "trade_consultation",
    "trade_protectionmeasure",
)


class Migration(migrations.Migration):
    dependencies = [("trade", "0001_initial"), ("tasks", "0002_history_and_tree")]
    operations = [
        migrations.RunSQL([f"SELECT history_track('{table}')" for table in TABLES], migrations.RunSQL.noop),
    ]
