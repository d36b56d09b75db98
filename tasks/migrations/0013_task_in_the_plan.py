"""A plan version of a measure says in which task it stands, so that the tree of a past day is known."""

import django.db.models.deletion
from django.db import migrations, models

# What stood elsewhere before is not known; a measure has not been moved to another task by any page yet. The log is
# of what somebody changed, and nobody did.
BACKFILL = """
ALTER TABLE tasks_planversion DISABLE TRIGGER USER;
UPDATE tasks_planversion v SET in_task_id = m.strategic_task_id FROM tasks_measure m WHERE m.id = v.measure_id;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE tasks_planversion ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    dependencies = [("tasks", "0012_units_once")]
    operations = [
        migrations.AddField(
            "planversion",
            "in_task",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tasks.strategictask",
            ),
        ),
        migrations.RunSQL(BACKFILL, migrations.RunSQL.noop),
    ]
