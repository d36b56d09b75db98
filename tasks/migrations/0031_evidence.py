"""Evidence of milestones, and the kinds without which one is not completed; under the change log."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_announced_as_reported'),
        ('tasks', '0030_risks_and_meetings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('kind', models.CharField(choices=[('gazette', 'Official gazette'), ('official_letter', 'Official letter'), ('contract', 'Contract or agreement'), ('inspection', 'Inspection or completion certificate'), ('budget_record', 'Record of budget execution'), ('minutes', 'Minutes of a meeting'), ('publication', 'Press release or publication'), ('photo', 'Photo'), ('other', 'Other evidence')], max_length=16, verbose_name='kind')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='number or title')),
                ('tier', models.PositiveSmallIntegerField(choices=[(1, 'Public'), (2, 'Internal'), (3, 'Restricted')], default=1, verbose_name='tier')),
                ('url', models.URLField(blank=True, max_length=1000, verbose_name='web address')),
                ('stored_as', models.CharField(blank=True, editable=False, max_length=100)),
                ('name', models.CharField(blank=True, max_length=150, verbose_name='name of the file')),
                ('size', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='size (bytes)')),
                ('content_type', models.CharField(blank=True, max_length=100, verbose_name='content type')),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='SHA-256')),
                ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='recorded')),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='withdrawn')),
            ],
            options={
                'verbose_name': 'evidence',
                'verbose_name_plural': 'evidence',
                'ordering': ['-recorded_at', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='milestone',
            name='required_evidence',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('gazette', 'Official gazette'), ('official_letter', 'Official letter'), ('contract', 'Contract or agreement'), ('inspection', 'Inspection or completion certificate'), ('budget_record', 'Record of budget execution'), ('minutes', 'Minutes of a meeting'), ('publication', 'Press release or publication'), ('photo', 'Photo'), ('other', 'Other evidence')], max_length=16), blank=True, db_default=[], default=list, size=None, verbose_name='required evidence'),
        ),
        migrations.AddConstraint(
            model_name='milestone',
            constraint=models.CheckConstraint(condition=models.Q(('required_evidence__contained_by', ['gazette', 'official_letter', 'contract', 'inspection', 'budget_record', 'minutes', 'publication', 'photo', 'other'])), name='milestone_required_evidence_known'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='author',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='evidence',
            name='milestone',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='tasks.milestone'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='report',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='tasks.statusreport'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('size__isnull', False), ('url', ''), models.Q(('stored_as', ''), _negated=True), models.Q(('name', ''), _negated=True), models.Q(('sha256', ''), _negated=True)), models.Q(models.Q(('url', ''), _negated=True), ('content_type', ''), ('name', ''), ('sha256', ''), ('size', None), ('stored_as', '')), _connector='OR'), name='evidence_file_or_link'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('url', ''), ('url__startswith', 'https://'), _connector='OR'), name='evidence_link_is_https', violation_error_message='Enter an address that begins with https://.'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None), models.Q(('sha256', ''), _negated=True)), fields=('milestone', 'tier', 'sha256'), name='evidence_file_once', violation_error_message='This very file is among the evidence of this milestone already.'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None), models.Q(('url', ''), _negated=True)), fields=('milestone', 'tier', 'url'), name='evidence_link_once', violation_error_message='This address is among the evidence of this milestone already.'),
        ),
        migrations.RunSQL("SELECT history_track('tasks_evidence')", migrations.RunSQL.noop),
    ]
