"""Risks, meetings with their agenda, and decisions; all under the change log, their links as well."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models


TRACKED = (
    "tasks_risk",
    "tasks_meeting",
    "tasks_meeting_participants",
    "tasks_agendaitem",
    "tasks_agendaitem_measures",
    "tasks_agendaitem_milestones",
    "tasks_decision",
    "tasks_decision_milestones",
    "tasks_decision_risks",
)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_announced_as_reported'),
        ('tasks', '0029_change_sets'),
    ]

    operations = [
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('confidence', models.CharField(choices=[('announced', 'Stated in the announcement, as reported'), ('published', 'Found in a published source'), ('derived', 'Computed from published facts'), ('unverified', 'Not verified'), ('generated', 'Generated for demonstration'), ('reported', 'Reported by the ministry')], default='reported', max_length=12, verbose_name='confidence')),
                ('source', models.TextField(blank=True, verbose_name='source')),
                ('source_note', models.TextField(blank=True, verbose_name='note on the source')),
                ('title_ko', models.CharField(max_length=300, verbose_name='title (Korean)')),
                ('title_en', models.CharField(blank=True, max_length=300, verbose_name='title (English)')),
                ('kind', models.CharField(blank=True, choices=[('president', 'Chaired by the President'), ('prime_minister', 'Chaired by the Prime Minister'), ('ministers', 'Ministers'), ('vice_ministers', 'Vice-ministers'), ('directors', 'Directors-general'), ('working', 'Working level'), ('experts', 'With experts and industry')], max_length=14, verbose_name='kind')),
                ('meets_on', models.DateField(verbose_name='date')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='place')),
                ('status', models.CharField(choices=[('planned', 'Planned'), ('held', 'Held'), ('cancelled', 'Cancelled')], default='planned', editable=False, max_length=9, verbose_name='status')),
                ('minutes', models.TextField(blank=True, verbose_name='minutes')),
                ('tier', models.PositiveSmallIntegerField(choices=[(1, 'Public'), (2, 'Internal'), (3, 'Restricted')], default=2, verbose_name='tier')),
                ('recorded_at', models.DateTimeField(auto_now_add=True, verbose_name='recorded')),
                ('chair', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.ministry', verbose_name='ministry in the chair')),
                ('participants', models.ManyToManyField(blank=True, related_name='meetings', to='accounts.ministry', verbose_name='ministries taking part')),
            ],
            options={
                'verbose_name': 'meeting',
                'verbose_name_plural': 'meetings',
                'ordering': ['-meets_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('position', models.PositiveSmallIntegerField(verbose_name='order')),
                ('title_ko', models.CharField(max_length=300, verbose_name='title (Korean)')),
                ('title_en', models.CharField(blank=True, max_length=300, verbose_name='title (English)')),
                ('measures', models.ManyToManyField(blank=True, related_name='agenda_items', to='tasks.measure', verbose_name='measures that it is about')),
                ('milestones', models.ManyToManyField(blank=True, related_name='agenda_items', to='tasks.milestone', verbose_name='milestones that it is about')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agenda', to='tasks.meeting')),
            ],
            options={
                'verbose_name': 'agenda item',
                'verbose_name_plural': 'agenda items',
                'ordering': ['meeting', 'position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Risk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('confidence', models.CharField(choices=[('announced', 'Stated in the announcement, as reported'), ('published', 'Found in a published source'), ('derived', 'Computed from published facts'), ('unverified', 'Not verified'), ('generated', 'Generated for demonstration'), ('reported', 'Reported by the ministry')], default='reported', max_length=12, verbose_name='confidence')),
                ('source', models.TextField(blank=True, verbose_name='source')),
                ('source_note', models.TextField(blank=True, verbose_name='note on the source')),
                ('title_ko', models.CharField(max_length=300, verbose_name='title (Korean)')),
                ('title_en', models.CharField(blank=True, max_length=300, verbose_name='title (English)')),
                ('description', models.TextField(blank=True, verbose_name='what may happen, and why')),
                ('severity', models.PositiveSmallIntegerField(choices=[(1, 'Negligible'), (2, 'Minor'), (3, 'Moderate'), (4, 'Major'), (5, 'Critical')], validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='severity')),
                ('likelihood', models.PositiveSmallIntegerField(choices=[(1, 'Rare'), (2, 'Unlikely'), (3, 'Possible'), (4, 'Likely'), (5, 'Almost certain')], validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='likelihood')),
                ('state', models.CharField(choices=[('open', 'Open'), ('occurred', 'Occurred'), ('mitigated', 'Mitigated'), ('closed', 'Closed')], default='open', editable=False, max_length=9, verbose_name='state')),
                ('mitigation', models.TextField(blank=True, verbose_name='mitigation')),
                ('decide_by', models.DateField(blank=True, null=True, verbose_name='decision needed by')),
                ('decision_asked', models.TextField(blank=True, verbose_name='what is to be decided')),
                ('raised_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='raised on')),
                ('measure', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='risks', to='tasks.measure', verbose_name='measure')),
                ('milestone', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='risks', to='tasks.milestone', verbose_name='milestone')),
                ('ministry', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='risks', to='accounts.ministry', verbose_name='owner ministry')),
                ('office', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='risks', to='accounts.office', verbose_name='owner office')),
            ],
            options={
                'verbose_name': 'risk',
                'verbose_name_plural': 'risks',
                'ordering': ['-raised_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('confidence', models.CharField(choices=[('announced', 'Stated in the announcement, as reported'), ('published', 'Found in a published source'), ('derived', 'Computed from published facts'), ('unverified', 'Not verified'), ('generated', 'Generated for demonstration'), ('reported', 'Reported by the ministry')], default='reported', max_length=12, verbose_name='confidence')),
                ('source', models.TextField(blank=True, verbose_name='source')),
                ('source_note', models.TextField(blank=True, verbose_name='note on the source')),
                ('text_ko', models.TextField(verbose_name='decision (Korean)')),
                ('text_en', models.TextField(blank=True, verbose_name='decision (English)')),
                ('decided_on', models.DateField(verbose_name='decided on')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='to be done by')),
                ('state', models.CharField(choices=[('open', 'To be done'), ('done', 'Done'), ('withdrawn', 'Withdrawn')], default='open', editable=False, max_length=9, verbose_name='state')),
                ('done_on', models.DateField(blank=True, editable=False, null=True, verbose_name='done on')),
                ('outcome', models.TextField(blank=True, editable=False, verbose_name='what was done')),
                ('tier', models.PositiveSmallIntegerField(choices=[(1, 'Public'), (2, 'Internal'), (3, 'Restricted')], default=2, verbose_name='tier')),
                ('agenda_item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='tasks.agendaitem', verbose_name='agenda item')),
                ('milestones', models.ManyToManyField(blank=True, related_name='decisions', to='tasks.milestone', verbose_name='milestones of the follow-up')),
                ('ministry', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='accounts.ministry', verbose_name='responsible ministry')),
                ('office', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='accounts.office', verbose_name='responsible office')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='tasks.meeting', verbose_name='meeting')),
                ('risks', models.ManyToManyField(blank=True, related_name='decisions', to='tasks.risk', verbose_name='risks that it decides')),
            ],
            options={
                'verbose_name': 'decision',
                'verbose_name_plural': 'decisions',
                'ordering': ['-decided_on', '-pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('minutes', ''), ('status', 'held'), _connector='OR'), name='meeting_minutes_once_held', violation_error_message='A meeting that was not held has no minutes.'),
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.UniqueConstraint(fields=('meeting', 'position'), name='agenda_item_position_once', violation_error_message='Another item stands at this place of the agenda: choose a free one.'),
        ),
        migrations.AddConstraint(
            model_name='risk',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('measure__isnull', False), ('milestone__isnull', True)), models.Q(('measure__isnull', True), ('milestone__isnull', False)), _connector='OR'), name='risk_of_one_node'),
        ),
        migrations.AddConstraint(
            model_name='risk',
            constraint=models.CheckConstraint(condition=models.Q(('likelihood__range', (1, 5)), ('severity__range', (1, 5))), name='risk_scored_1_to_5'),
        ),
        migrations.AddConstraint(
            model_name='risk',
            constraint=models.CheckConstraint(condition=models.Q(('decide_by__isnull', True), models.Q(('decision_asked', ''), _negated=True), _connector='OR'), name='risk_says_what_to_decide', violation_error_message='Say what is to be decided by that day.'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('done_on__isnull', False), ('state', 'done'), models.Q(('outcome', ''), _negated=True)), models.Q(models.Q(('state', 'done'), _negated=True), ('done_on__isnull', True), ('outcome', '')), _connector='OR'), name='decision_done_says_what'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('due_on__isnull', True), ('due_on__gte', models.F('decided_on')), _connector='OR'), name='decision_due_after_decided', violation_error_message='It cannot be due before it was decided.'),
        ),
        migrations.RunSQL([f"SELECT history_track('{table}')" for table in TRACKED], migrations.RunSQL.noop),
    ]
