"""Puts the tables of investment under the change log."""

from django.db import migrations

TABLES = (
    "investment_taxcreditrate",
    "investment_taxcreditrule",
    "investment_investmentvehicle",
    "investment_vehiclepart",
    "investment_infrastructureneed",
    "investment_globalstandardreview",
)


class Migration(migrations.Migration):
    dependencies = [("investment", "0001_initial"), ("tasks", "0002_history_and_tree")]
    operations = [
        migrations.RunSQL([f"SELECT history_track('{table}')" for table in TABLES], migrations.RunSQL.noop),
    ]
