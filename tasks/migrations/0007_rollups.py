"""The rollup engine's tables, and what the database notes for it (see sql/rollups.sql). Figures are computed anew."""

from pathlib import Path

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("tasks", "0006_import_upload")]
    operations = [
        migrations.DeleteModel("Figure"),
        migrations.DeleteModel("Share"),
        migrations.CreateModel(
            name="CountedMilestone",
            fields=[
                ("milestone_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("measure_id", models.BigIntegerField(db_index=True)),
                ("ministry_id", models.BigIntegerField()),
                ("public", models.BigIntegerField(null=True)),
                ("internal", models.BigIntegerField(null=True)),
                ("restricted", models.BigIntegerField(null=True)),
                ("progress_bp", models.IntegerField(null=True)),
                ("baseline_start", models.DateField(null=True)),
                ("baseline_due", models.DateField(null=True)),
                ("current_due", models.DateField(null=True)),
                ("forecast", models.DateField(null=True)),
                ("completed_on", models.DateField(null=True)),
                ("reported_on", models.DateField(null=True)),
                (
                    "effective_tier",
                    models.PositiveSmallIntegerField(choices=[(1, "Public"), (2, "Internal"), (3, "Restricted")]),
                ),
                (
                    "blocked_from",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Public"), (2, "Internal"), (3, "Restricted")], null=True
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("in_progress", "In progress"),
                            ("completed", "Completed"),
                            ("suspended", "Suspended"),
                            ("cancelled", "Cancelled"),
                        ],
                        max_length=12,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CountedNode",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "node_id", "kind", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("node_id", models.BigIntegerField()),
                (
                    "kind",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "Strategy"), (1, "Strategic task"), (2, "Measure"), (3, "Milestone")]
                    ),
                ),
                ("strategy_id", models.BigIntegerField()),
                ("task_id", models.BigIntegerField()),
                ("path", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ("ministry_id", models.BigIntegerField()),
                ("region_id", models.BigIntegerField()),
                ("technology_id", models.BigIntegerField()),
                ("public", models.BigIntegerField(null=True)),
                ("internal", models.BigIntegerField(null=True)),
                ("restricted", models.BigIntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Figure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("tier", models.PositiveSmallIntegerField(choices=[(1, "Public"), (2, "Internal"), (3, "Restricted")])),
                (
                    "slice",
                    models.CharField(
                        choices=[
                            ("strategy", "Strategy"),
                            ("task", "Strategic task"),
                            ("measure", "Measure"),
                            ("ministry", "Ministry"),
                            ("region", "Region"),
                            ("technology", "Technology"),
                            ("task_ministry", "Strategic task × ministry"),
                            ("task_region", "Strategic task × region"),
                        ],
                        max_length=16,
                    ),
                ),
                ("key", models.BigIntegerField()),
                ("second_key", models.BigIntegerField(default=0)),
                ("nodes", models.IntegerField()),
                ("share", models.BigIntegerField()),
                ("unplanned", models.BigIntegerField()),
                ("undated", models.BigIntegerField()),
                ("reported", models.BigIntegerField()),
                ("earned", models.BigIntegerField()),
                ("planned", models.BigIntegerField()),
                ("earned_compared", models.BigIntegerField()),
                ("planned_compared", models.BigIntegerField()),
                ("overdue", models.BigIntegerField()),
                ("expected", models.BigIntegerField()),
                ("fresh", models.BigIntegerField()),
                ("slip_share", models.BigIntegerField()),
                ("slip", models.BigIntegerField()),
                ("state_planned", models.IntegerField()),
                ("state_in_progress", models.IntegerField()),
                ("state_completed", models.IntegerField()),
                ("state_suspended", models.IntegerField()),
                ("light_overdue", models.IntegerField()),
                ("light_at_risk", models.IntegerField()),
                ("light_due_soon", models.IntegerField()),
                ("light_on_track", models.IntegerField()),
                ("next_due", models.DateField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("computed_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="RollupPass",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("as_of", models.DateField(verbose_name="as of")),
                ("finished_at", models.DateTimeField(verbose_name="finished")),
                ("changed", models.IntegerField(verbose_name="changed rows")),
                ("drift", models.IntegerField(null=True, verbose_name="drift")),
            ],
            options={
                "verbose_name": "rollup pass",
                "verbose_name_plural": "rollup passes",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Share",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "node_id", "kind", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("node_id", models.BigIntegerField()),
                (
                    "kind",
                    models.PositiveSmallIntegerField(
                        choices=[(0, "Strategy"), (1, "Strategic task"), (2, "Measure"), (3, "Milestone")]
                    ),
                ),
                ("public", models.BigIntegerField(null=True)),
                ("internal", models.BigIntegerField(null=True)),
                ("restricted", models.BigIntegerField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="measure",
            name="path",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), default=list, editable=False, size=None
            ),
        ),
        migrations.AddIndex(
            model_name="measure",
            index=django.contrib.postgres.indexes.GinIndex(fields=["path"], name="measure_path"),
        ),
        migrations.AlterConstraint(
            model_name="measure",
            name="measure_not_own_parent",
            constraint=models.CheckConstraint(
                condition=models.Q(("parent", models.F("id")), _negated=True),
                name="measure_not_own_parent",
                violation_error_message="A measure cannot stand below itself.",
            ),
        ),
        migrations.AddIndex(
            model_name="countedmilestone",
            index=models.Index(
                condition=models.Q(("state", "completed"), _negated=True),
                fields=["current_due"],
                name="counted_next_due",
            ),
        ),
        migrations.AddField(
            model_name="figure",
            name="strategy",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="figures",
                to="tasks.strategy",
            ),
        ),
        migrations.AddConstraint(
            model_name="figure",
            constraint=models.UniqueConstraint(
                fields=("strategy", "tier", "slice", "key", "second_key"), name="figure_once"
            ),
        ),
        migrations.RunSQL((SQL / "rollups.sql").read_text()),
    ]
