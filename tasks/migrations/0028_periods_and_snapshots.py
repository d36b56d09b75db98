"""What closing a period publishes, and the name of a period."""

import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.functions.text
import uuid
from pathlib import Path

from django.conf import settings
from django.db import migrations, models


SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):

    dependencies = [
        ('tasks', '0027_submission_of_a_report'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Snapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('number', models.PositiveSmallIntegerField(verbose_name='version of the snapshot')),
                ('tier', models.PositiveSmallIntegerField(choices=[(1, 'Public'), (2, 'Internal'), (3, 'Restricted')], verbose_name='classification')),
                ('taken_at', models.DateTimeField(verbose_name='taken')),
                ('digest', models.CharField(max_length=64)),
                ('formulas', models.CharField(max_length=20)),
                ('reporting', models.JSONField(default=list)),
                ('missing', models.JSONField(default=dict)),
                ('transaction_id', models.BigIntegerField(default=0, editable=False)),
            ],
            options={
                'verbose_name': 'snapshot',
                'verbose_name_plural': 'snapshots',
                'ordering': ['-period__starts_on', '-number', '-tier'],
            },
        ),
        migrations.CreateModel(
            name='SnapshotFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slice', models.CharField(choices=[('strategy', 'Strategy'), ('task', 'Strategic task'), ('measure', 'Measure'), ('ministry', 'Ministry'), ('region', 'Region'), ('technology', 'Technology'), ('task_ministry', 'Strategic task × ministry'), ('task_region', 'Strategic task × region')], max_length=16)),
                ('key', models.BigIntegerField()),
                ('second_key', models.BigIntegerField(default=0)),
                ('share', models.BigIntegerField()),
                ('unplanned', models.BigIntegerField()),
                ('undated', models.BigIntegerField()),
                ('reported', models.BigIntegerField()),
                ('earned', models.BigIntegerField()),
                ('planned', models.BigIntegerField()),
                ('earned_compared', models.BigIntegerField()),
                ('planned_compared', models.BigIntegerField()),
                ('overdue', models.BigIntegerField()),
                ('expected', models.BigIntegerField()),
                ('fresh', models.BigIntegerField()),
                ('slip_share', models.BigIntegerField()),
                ('slip', models.BigIntegerField()),
                ('state_planned', models.IntegerField()),
                ('state_in_progress', models.IntegerField()),
                ('state_completed', models.IntegerField()),
                ('state_suspended', models.IntegerField()),
                ('light_overdue', models.IntegerField()),
                ('light_at_risk', models.IntegerField()),
                ('light_due_soon', models.IntegerField()),
                ('light_on_track', models.IntegerField()),
                ('next_due', models.DateField(null=True)),
                ('node', models.UUIDField(null=True)),
                ('code', models.CharField(max_length=160, verbose_name='code')),
                ('title_ko', models.TextField()),
                ('title_en', models.TextField()),
                ('light', models.CharField(choices=[('none', 'Nothing due yet'), ('red', 'Red'), ('no_data', 'Not enough data'), ('amber', 'Amber'), ('green', 'Green')], max_length=10, verbose_name='computed light')),
                ('given', models.JSONField(default=dict)),
                ('money', models.JSONField(null=True)),
            ],
            options={
                'verbose_name': 'figure of a snapshot',
                'verbose_name_plural': 'figures of a snapshot',
                'ordering': ['pk'],
            },
        ),
        migrations.AddField(
            model_name='reportingperiod',
            name='month',
            field=models.GeneratedField(db_persist=True, expression=django.db.models.functions.text.Concat(django.db.models.functions.text.LPad(django.db.models.functions.comparison.Cast(django.db.models.functions.datetime.ExtractYear('starts_on'), models.CharField()), 4, models.Value('0')), models.Value('-'), django.db.models.functions.text.LPad(django.db.models.functions.comparison.Cast(django.db.models.functions.datetime.ExtractMonth('starts_on'), models.CharField()), 2, models.Value('0'))), output_field=models.CharField(max_length=7, verbose_name='month')),
        ),
        migrations.AddField(
            model_name='reportingperiod',
            name='reopened_for',
            field=models.TextField(blank=True, db_default='', verbose_name='why it was reopened'),
        ),
        migrations.AddConstraint(
            model_name='reportingperiod',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__month', django.db.models.functions.datetime.ExtractMonth('starts_on')), ('ends_on__year', django.db.models.functions.datetime.ExtractYear('starts_on')), ('starts_on__day', 1)), name='period_is_a_month', violation_error_message='A period is a month, from its first day to its last.'),
        ),
        migrations.AddConstraint(
            model_name='reportingperiod',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'reopened'), _negated=True), models.Q(('reopened_for', ''), _negated=True), _connector='OR'), name='period_reopened_says_why'),
        ),
        migrations.AlterConstraint(
            model_name='reportingperiod',
            name='period_once',
            constraint=models.UniqueConstraint(fields=('strategy', 'starts_on'), name='period_once', violation_error_message='This month has been opened already.'),
        ),
        migrations.AlterConstraint(
            model_name='reportingperiod',
            name='period_days_in_order',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__lte', models.F('due_on')), ('starts_on__lte', models.F('ends_on'))), name='period_days_in_order', violation_error_message='Reports are due on the last day of the month or later.'),
        ),
        migrations.AddField(
            model_name='snapshot',
            name='period',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='snapshots', to='tasks.reportingperiod'),
        ),
        migrations.AddField(
            model_name='snapshot',
            name='taken_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='snapshotfigure',
            name='snapshot',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='tasks.snapshot'),
        ),
        migrations.AddConstraint(
            model_name='snapshot',
            constraint=models.UniqueConstraint(fields=('period', 'number', 'tier'), name='snapshot_once'),
        ),
        migrations.AddConstraint(
            model_name='snapshotfigure',
            constraint=models.UniqueConstraint(fields=('snapshot', 'slice', 'key', 'second_key'), name='snapshot_figure_once'),
        ),
        migrations.RunSQL((SQL / "snapshots.sql").read_text(), (SQL / "snapshots_undo.sql").read_text()),
    ]
