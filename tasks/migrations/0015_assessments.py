"""Lights that somebody gives, with recovery plans and disputes; all three under the change log."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


TRACKED = ("tasks_assessment", "tasks_recoveryplan", "tasks_dispute")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_ministry_name_confidence"),
        ("tasks", "0014_past_days_kept"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "confidence",
                    models.CharField(
                        choices=[
                            ("announced", "Stated in the announcement"),
                            ("published", "Found in a published source"),
                            ("derived", "Computed from published facts"),
                            ("unverified", "Not verified"),
                            ("generated", "Generated for demonstration"),
                            ("reported", "Reported by the ministry"),
                        ],
                        default="reported",
                        max_length=12,
                        verbose_name="confidence",
                    ),
                ),
                ("source", models.TextField(blank=True, verbose_name="source")),
                ("source_note", models.TextField(blank=True, verbose_name="note on the source")),
                (
                    "kind",
                    models.CharField(
                        choices=[("declared", "Declared light"), ("independent", "Independent light")],
                        max_length=11,
                        verbose_name="kind",
                    ),
                ),
                (
                    "light",
                    models.CharField(
                        choices=[("green", "Green"), ("amber", "Amber"), ("red", "Red")],
                        max_length=5,
                        verbose_name="light",
                    ),
                ),
                ("assessed_on", models.DateField(verbose_name="assessed on")),
                ("reason", models.TextField(verbose_name="reason")),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="recorded")),
                ("withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="withdrawn")),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="tasks.measure",
                    ),
                ),
                (
                    "ministry",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="accounts.ministry",
                        verbose_name="ministry",
                    ),
                ),
                (
                    "strategic_task",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="tasks.strategictask",
                    ),
                ),
            ],
            options={
                "verbose_name": "assessment",
                "verbose_name_plural": "assessments",
                "ordering": ["-assessed_on", "-recorded_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Dispute",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="recorded")),
                ("reason", models.TextField(verbose_name="reason")),
                ("disputed_on", models.DateField(verbose_name="disputed on")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("upheld", "The light stands"), ("changed", "A new light is given")],
                        max_length=7,
                        verbose_name="answer",
                    ),
                ),
                ("answer", models.TextField(blank=True, verbose_name="reason of the answer")),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="answered on")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answer recorded")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "answered_with",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tasks.assessment",
                        verbose_name="new light",
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="disputes", to="tasks.assessment"
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ministry",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.ministry",
                        verbose_name="ministry",
                    ),
                ),
            ],
            options={
                "verbose_name": "dispute",
                "verbose_name_plural": "disputes",
                "ordering": ["-disputed_on", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="RecoveryPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="recorded")),
                ("plan", models.TextField(verbose_name="recovery plan")),
                ("due_on", models.DateField(verbose_name="to be done by")),
                ("given_on", models.DateField(verbose_name="given on")),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recovery_plans",
                        to="tasks.assessment",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ministry",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.ministry",
                        verbose_name="ministry",
                    ),
                ),
            ],
            options={
                "verbose_name": "recovery plan",
                "verbose_name_plural": "recovery plans",
                "ordering": ["-given_on", "-recorded_at", "-pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("measure__isnull", True), ("strategic_task__isnull", False)),
                    models.Q(("measure__isnull", False), ("strategic_task__isnull", True)),
                    _connector="OR",
                ),
                name="assessment_of_one_node",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="assessment_has_reason",
                violation_error_message="Say why the light is so.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.UniqueConstraint(
                fields=("assessment",),
                name="dispute_once",
                violation_error_message="This light has been disputed already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("answer", ""),
                        ("answered_at", None),
                        ("answered_by", None),
                        ("answered_on", None),
                        ("answered_with", None),
                        ("outcome", ""),
                    ),
                    models.Q(
                        models.Q(("outcome", ""), _negated=True),
                        models.Q(("answer", ""), _negated=True),
                        ("answered_at__isnull", False),
                        ("answered_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="dispute_answered_as_a_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_with__isnull", False), ("outcome", "changed")),
                    models.Q(models.Q(("outcome", "changed"), _negated=True), ("answered_with", None)),
                    _connector="OR",
                ),
                name="dispute_changed_by_a_new_light",
            ),
        ),
        migrations.AddConstraint(
            model_name="recoveryplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__gte", models.F("given_on"))),
                name="recovery_plan_due_after_given",
                violation_error_message="The plan cannot be due before it is given.",
            ),
        ),
        migrations.RunSQL([f"SELECT history_track('{table}')" for table in TRACKED], migrations.RunSQL.noop),
    ]
