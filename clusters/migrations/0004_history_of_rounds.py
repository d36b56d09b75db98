"""Puts the new tables of clusters under the change log."""

from django.db import migrations

TABLES = (
    "clusters_complexfigure",
    "clusters_designationround",
    "clusters_publishedtotal",
    "clusters_publishedtotal_complexes",
    "clusters_roundstep",
    "clusters_stagelimit",
    "clusters_stagerule",
)


class Migration(migrations.Migration):
    dependencies = [("clusters", "0003_rounds_stages_figures"), ("tasks", "0002_history_and_tree")]
    operations = [
        migrations.RunSQL([f"SELECT history_track('{table}')" for table in TABLES], migrations.RunSQL.noop),
    ]
