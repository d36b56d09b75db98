"""Puts the tables of clusters under the change log."""

from django.db import migrations

TABLES = (
    "clusters_complex",
    "clusters_complex_other_regions",
    "clusters_complexstage",
    "clusters_tenant",
)


class Migration(migrations.Migration):
    dependencies = [("clusters", "0001_initial"), ("tasks", "0002_history_and_tree")]
    operations = [
        migrations.RunSQL([f"SELECT history_track('{table}')" for table in TABLES], migrations.RunSQL.noop),
    ]
