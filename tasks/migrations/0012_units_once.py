"""The units of milestones stand where they are counted, and not beside it a second time."""

from django.db import migrations, models

COUNTED = """
UPDATE tasks_countedmilestone c SET weighs = x.weight > 0 FROM tasks_milestone x WHERE x.id = c.milestone_id;
DELETE FROM tasks_share WHERE kind = 3;
"""
# Without a pass, the next drain shares out and computes everything.
UNCOUNTED = "DELETE FROM tasks_rolluppass"


class Migration(migrations.Migration):
    dependencies = [("tasks", "0011_names_of_precisions")]
    operations = [
        migrations.CreateModel(
            name="NewShare",
            fields=[
                ("milestone_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("public", models.BigIntegerField(null=True)),
                ("internal", models.BigIntegerField(null=True)),
                ("restricted", models.BigIntegerField(null=True)),
            ],
        ),
        migrations.AddField("countedmilestone", "weighs", models.BooleanField(default=False), preserve_default=False),
        migrations.RunSQL(COUNTED, UNCOUNTED),
    ]
