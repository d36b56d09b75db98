"""An index of open milestones by their due date; how exactly next due dates are known is kept, not looked up."""

from django.db import migrations, models

# Lateness is told of open ones that are not due yet alone. No figure counted the others: none changes.
NOT_TOLD = """
UPDATE tasks_countedmilestone SET blocked_from = NULL
 WHERE blocked_from IS NOT NULL
   AND (state = 'completed' OR current_due < (SELECT as_of FROM tasks_rolluppass ORDER BY id DESC LIMIT 1))"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_ministry_name_confidence"),
        ("tasks", "0019_stored_money"),
    ]

    operations = [
        migrations.RemoveField("keptoutlook", "due_first"),
        migrations.AddField("keptoutlook", "due_first", models.JSONField(default=list), preserve_default=False),
        migrations.AddIndex(
            model_name="milestone",
            index=models.Index(
                condition=models.Q(
                    ("in_scope", True), models.Q(("state__in", ["completed", "cancelled"]), _negated=True)
                ),
                fields=["current_due"],
                include=("measure_id", "effective_tier"),
                name="milestone_open_due",
            ),
        ),
        migrations.RunSQL(NOT_TOLD, migrations.RunSQL.noop),
    ]
