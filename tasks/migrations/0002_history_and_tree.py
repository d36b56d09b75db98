"""The change log and the tree, as plain SQL kept by the database."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"

TRACKED = [
    "history_track('tasks_strategy', rollup => true)",
    "history_track('tasks_strategictask', rollup => true)",
    "history_track('tasks_measure', derived => 'effective_tier,in_scope,depth', rollup => true)",
    "history_track('tasks_milestone', derived => 'effective_tier,in_scope', rollup => true)",
    "history_track('tasks_dependency', rollup => true)",
    *(
        f"history_track('tasks_{table}')"
        for table in (
            "bill",
            "billstage",
            "budgetentry",
            "budgetline",
            "commitment",
            "commitment_measures",
            "commitmentverdict",
            "indicator",
            "indicatorobservation",
            "indicatortarget",
            "measurecooperation",
            "planversion",
            "region",
            "reportingperiod",
            "statusreport",
            "technology",
        )
    ),
    *(f"history_track('accounts_{table}')" for table in ("membership", "ministry", "ministrysuccession", "office")),
    "history_track('accounts_user_groups')",
    "history_track('accounts_user_user_permissions')",
    "history_track('accounts_apitoken', redacted => 'digest')",
    "history_track('accounts_user', derived => 'last_login', redacted => 'password')",
]


class Migration(migrations.Migration):
    dependencies = [("tasks", "0001_initial"), ("accounts", "0001_initial")]
    operations = [
        migrations.RunSQL((SQL / "history.sql").read_text(), (SQL / "history_undo.sql").read_text()),
        migrations.RunSQL((SQL / "tree.sql").read_text(), (SQL / "tree_undo.sql").read_text()),
        migrations.RunSQL([f"SELECT {call}" for call in TRACKED], migrations.RunSQL.noop),
    ]
