"""Stored money, and what the database notes for it (see sql/money.sql). Days kept without money are kept anew."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

SQL = Path(__file__).parent / "sql"
FORGET = [f"DELETE FROM {table}" for table in ("tasks_keptfigure", "tasks_keptoutlook", "tasks_keptday")]


class Migration(migrations.Migration):
    dependencies = [
        ("tasks", "0018_milestones_noted"),
    ]

    operations = [
        migrations.CreateModel(
            name="MoneyPass",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("as_of", models.DateField()),
                ("finished_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="KeptMoney",
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
                ("fiscal_year", models.PositiveSmallIntegerField()),
                ("cells", models.JSONField()),
                (
                    "day",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="money",
                        to="tasks.keptday",
                    ),
                ),
                (
                    "strategy",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="tasks.strategy",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("day", "strategy", "tier", "slice", "key", "fiscal_year"), name="kept_money_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MoneyFigure",
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
                ("fiscal_year", models.PositiveSmallIntegerField()),
                ("cells", models.JSONField()),
                (
                    "strategy",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="tasks.strategy",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("strategy", "tier", "slice", "key", "fiscal_year"), name="money_once"
                    )
                ],
            },
        ),
        migrations.RunSQL((SQL / "money.sql").read_text()),
        migrations.RunSQL(FORGET, migrations.RunSQL.noop),
    ]
