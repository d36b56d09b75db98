"""What the values of an indicator may be. The kind of those that stand is read off their unit and their values."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent / "sql"
KINDS = [
    ("amount", "Count or amount, 0 or more"),
    ("share", "Share of a whole, 0 to 100 %"),
    ("change", "Growth or balance, also below 0"),
]
# A percentage may be a growth rate, so none is taken for a share, but for the one of the starter data.
OF_THOSE_THAT_STAND = """
SELECT set_config('history.context', '{"verb": "indicator.changed", "reason": "kind of value, from unit and values"}', true);
UPDATE tasks_indicator SET value_kind = CASE
    WHEN least(baseline_value,
               (SELECT min(value) FROM tasks_indicatorobservation WHERE indicator_id = tasks_indicator.id),
               (SELECT min(value) FROM tasks_indicatortarget WHERE indicator_id = tasks_indicator.id)) < 0 THEN 'change'
    WHEN key = 'ind-supply-dependence' THEN 'share'
    ELSE 'amount' END
 WHERE key = 'ind-supply-dependence' OR (unit_ko || unit_en) !~ '%|percent|퍼센트|포인트';
SELECT set_config('history.context', '', true);
"""


class Migration(migrations.Migration):
    dependencies = [("tasks", "0007_rollups")]
    operations = [
        migrations.AddField(
            model_name="indicator",
            name="value_kind",
            field=models.CharField(choices=KINDS, default="change", max_length=6, verbose_name="kind of value"),
        ),
        migrations.RunSQL(OF_THOSE_THAT_STAND, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="indicator",
            name="value_kind",
            field=models.CharField(choices=KINDS, default="amount", max_length=6, verbose_name="kind of value"),
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("baseline_value__isnull", True),
                    ("value_kind", "change"),
                    models.Q(("baseline_value__gte", 0), ("value_kind", "amount")),
                    models.Q(("baseline_value__gte", 0), ("baseline_value__lte", 100), ("value_kind", "share")),
                    _connector="OR",
                ),
                name="indicator_baseline_bounds",
                violation_error_message="The baseline does not fit the kind of value.",
            ),
        ),
        migrations.RunSQL((SQL / "indicators.sql").read_text(), (SQL / "indicators_undo.sql").read_text()),
    ]
