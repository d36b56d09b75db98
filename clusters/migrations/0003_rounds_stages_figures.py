"""Rounds of designation, rules of stages, later figures of complexes, names in English."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clusters', '0002_history'),
        ('tasks', '0002_history_and_tree'),
    ]

    operations = [
        migrations.CreateModel(
            name='ComplexFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('confidence', models.CharField(choices=[('announced', 'Stated in the announcement'), ('published', 'Found in a published source'), ('derived', 'Computed from published facts'), ('unverified', 'Not verified'), ('generated', 'Generated for demonstration'), ('reported', 'Reported by the ministry')], default='reported', max_length=12, verbose_name='confidence')),
                ('source', models.TextField(blank=True, verbose_name='source')),
                ('source_note', models.TextField(blank=True, verbose_name='note on the source')),
                ('name_ko', models.CharField(max_length=120, verbose_name='name (Korean)')),
                ('name_en', models.CharField(max_length=120, verbose_name='name (English)')),
                ('quantity', models.CharField(choices=[('investment_won', 'Announced private investment'), ('area_m2', 'Area (m²)')], max_length=16, verbose_name='quantity')),
                ('value', models.PositiveBigIntegerField(verbose_name='value')),
                ('until', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='until (year)')),
                ('as_of', models.DateField(blank=True, null=True, verbose_name='as of')),
                ('precision', models.CharField(choices=[('day', 'Day'), ('month', 'Month'), ('half', 'Half-year'), ('year', 'Year')], default='day', max_length=5, verbose_name='precision of the date')),
            ],
            options={
                'verbose_name': 'later figure of a complex',
                'verbose_name_plural': 'later figures of a complex',
                'ordering': ['complex', 'quantity', models.OrderBy(models.F('as_of'), nulls_last=True), 'pk'],
            },
        ),
        migrations.CreateModel(
            name='DesignationRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('confidence', models.CharField(choices=[('announced', 'Stated in the announcement'), ('published', 'Found in a published source'), ('derived', 'Computed from published facts'), ('unverified', 'Not verified'), ('generated', 'Generated for demonstration'), ('reported', 'Reported by the ministry')], default='reported', max_length=12, verbose_name='confidence')),
                ('source', models.TextField(blank=True, verbose_name='source')),
                ('source_note', models.TextField(blank=True, verbose_name='note on the source')),
                ('key', models.SlugField(max_length=80, unique=True, verbose_name='key')),
                ('name_ko', models.CharField(max_length=200, verbose_name='name (Korean)')),
                ('name_en', models.CharField(max_length=200, verbose_name='name (English)')),
                ('kind', models.CharField(choices=[('advanced_strategic', 'Advanced strategic industry complex'), ('sobujang', 'Materials, parts and equipment complex'), ('national_industrial', 'National industrial complex')], max_length=20, verbose_name='kind')),
                ('applicant_count', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='applied')),
                ('selected_count', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='selected')),
                ('remark_ko', models.TextField(blank=True, verbose_name='remark (Korean)')),
                ('remark_en', models.TextField(blank=True, verbose_name='remark (English)')),
            ],
            options={
                'verbose_name': 'designation round',
                'verbose_name_plural': 'designation rounds',
                'ordering': ['pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PublishedTotal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('confidence', models.CharField(choices=[('announced', 'Stated in the announcement'), ('published', 'Found in a published source'), ('derived', 'Computed from published facts'), ('unverified', 'Not verified'), ('generated', 'Generated for demonstration'), ('reported', 'Reported by the ministry')], default='reported', max_length=12, verbose_name='confidence')),
                ('source', models.TextField(blank=True, verbose_name='source')),
                ('source_note', models.TextField(blank=True, verbose_name='note on the source')),
                ('key', models.SlugField(max_length=80, unique=True, verbose_name='key')),
                ('name_ko', models.CharField(max_length=120, verbose_name='name (Korean)')),
                ('name_en', models.CharField(max_length=120, verbose_name='name (English)')),
                ('quantity', models.CharField(choices=[('investment_won', 'Announced private investment'), ('area_m2', 'Area (m²)')], max_length=16, verbose_name='quantity')),
                ('value', models.PositiveBigIntegerField(verbose_name='published total')),
                ('until', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='until (year)')),
            ],
            options={
                'verbose_name': 'published total',
                'verbose_name_plural': 'published totals',
                'ordering': ['round', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='RoundStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('position', models.PositiveSmallIntegerField(verbose_name='order')),
                ('stage', models.CharField(blank=True, choices=[('call', 'Call'), ('application', 'Application'), ('review', 'Review'), ('resolution', 'Resolution'), ('designation', 'Designation'), ('support_plan', 'Support plan'), ('permits', 'Permits and infrastructure'), ('candidate', 'Candidate site'), ('developer', 'Developer'), ('feasibility', 'Feasibility study'), ('plan', 'Plan filed'), ('consultation', 'Consultation'), ('eia', 'Environmental assessment'), ('committee', 'Committee'), ('approval', 'Plan approved'), ('compensation', 'Compensation'), ('groundbreaking', 'Groundbreaking'), ('completion', 'Completion'), ('operation', 'Operation')], max_length=16, verbose_name='stage')),
            ],
            options={
                'verbose_name': 'step of a designation round',
                'verbose_name_plural': 'steps of a designation round',
                'ordering': ['position', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='StageLimit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('confidence', models.CharField(choices=[('announced', 'Stated in the announcement'), ('published', 'Found in a published source'), ('derived', 'Computed from published facts'), ('unverified', 'Not verified'), ('generated', 'Generated for demonstration'), ('reported', 'Reported by the ministry')], default='reported', max_length=12, verbose_name='confidence')),
                ('source', models.TextField(blank=True, verbose_name='source')),
                ('source_note', models.TextField(blank=True, verbose_name='note on the source')),
                ('name_ko', models.CharField(max_length=120, verbose_name='name (Korean)')),
                ('name_en', models.CharField(max_length=120, verbose_name='name (English)')),
                ('value', models.PositiveSmallIntegerField(verbose_name='duration')),
                ('unit', models.CharField(choices=[('days', 'days'), ('working_days', 'working days'), ('months', 'months')], max_length=16, verbose_name='unit')),
                ('bound', models.CharField(choices=[('at_most', 'at most'), ('at_least', 'at least')], default='at_most', max_length=12, verbose_name='bound')),
                ('law_ko', models.CharField(max_length=120, verbose_name='law')),
                ('article', models.CharField(max_length=40, verbose_name='article')),
                ('is_stopped_by_supplementation', models.BooleanField(default=False, verbose_name='one supplementation, not counted')),
            ],
            options={
                'verbose_name': 'statutory limit of a stage',
                'verbose_name_plural': 'statutory limits of a stage',
                'ordering': ['rule', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='StageRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('confidence', models.CharField(choices=[('announced', 'Stated in the announcement'), ('published', 'Found in a published source'), ('derived', 'Computed from published facts'), ('unverified', 'Not verified'), ('generated', 'Generated for demonstration'), ('reported', 'Reported by the ministry')], default='reported', max_length=12, verbose_name='confidence')),
                ('source', models.TextField(blank=True, verbose_name='source')),
                ('source_note', models.TextField(blank=True, verbose_name='note on the source')),
                ('key', models.SlugField(max_length=80, unique=True, verbose_name='key')),
                ('kind', models.CharField(choices=[('advanced_strategic', 'Advanced strategic industry complex'), ('sobujang', 'Materials, parts and equipment complex'), ('national_industrial', 'National industrial complex')], max_length=20, verbose_name='legal kind')),
                ('stage', models.CharField(choices=[('call', 'Call'), ('application', 'Application'), ('review', 'Review'), ('resolution', 'Resolution'), ('designation', 'Designation'), ('support_plan', 'Support plan'), ('permits', 'Permits and infrastructure'), ('candidate', 'Candidate site'), ('developer', 'Developer'), ('feasibility', 'Feasibility study'), ('plan', 'Plan filed'), ('consultation', 'Consultation'), ('eia', 'Environmental assessment'), ('committee', 'Committee'), ('approval', 'Plan approved'), ('compensation', 'Compensation'), ('groundbreaking', 'Groundbreaking'), ('completion', 'Completion'), ('operation', 'Operation')], max_length=16, verbose_name='stage')),
                ('position', models.PositiveSmallIntegerField(verbose_name='order')),
                ('name_ko', models.CharField(max_length=120, verbose_name='name (Korean)')),
                ('name_en', models.CharField(max_length=120, verbose_name='name (English)')),
            ],
            options={
                'verbose_name': 'stage of a legal kind',
                'verbose_name_plural': 'stages of the legal kinds',
                'ordering': ['kind', 'position'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='complexstage',
            name='complex_stage_known',
        ),
        migrations.RenameField(model_name="complex", old_name="lead_companies", new_name="lead_companies_ko"),
        migrations.AddField(
            model_name='complex',
            name='area_confidence',
            field=models.CharField(blank=True, choices=[('announced', 'Stated in the announcement'), ('published', 'Found in a published source'), ('derived', 'Computed from published facts'), ('unverified', 'Not verified'), ('generated', 'Generated for demonstration'), ('reported', 'Reported by the ministry')], max_length=12, verbose_name='confidence of the area'),
        ),
        migrations.AddField(
            model_name='complex',
            name='area_pyeong',
            field=models.PositiveBigIntegerField(blank=True, null=True, verbose_name='area as published (pyeong)'),
        ),
        migrations.AddField(
            model_name='complex',
            name='coordinates_within_km',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='coordinates within (km)'),
        ),
        migrations.AddField(
            model_name='complex',
            name='lead_companies_confidence',
            field=models.CharField(blank=True, choices=[('announced', 'Stated in the announcement'), ('published', 'Found in a published source'), ('derived', 'Computed from published facts'), ('unverified', 'Not verified'), ('generated', 'Generated for demonstration'), ('reported', 'Reported by the ministry')], max_length=12, verbose_name='confidence of the lead companies'),
        ),
        migrations.AddField(
            model_name='complex',
            name='lead_companies_en',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), blank=True, default=list, size=None, verbose_name='lead companies (English)'),
        ),
        migrations.AlterField(
            model_name='complex',
            name='lead_companies_ko',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), blank=True, default=list, size=None, verbose_name='lead companies (Korean)'),
        ),
        migrations.AddField(
            model_name='complex',
            name='location_en',
            field=models.CharField(blank=True, max_length=200, verbose_name='location (English)'),
        ),
        migrations.AlterField(
            model_name='complex',
            name='location_ko',
            field=models.CharField(blank=True, max_length=200, verbose_name='location (Korean)'),
        ),
        migrations.AlterField(
            model_name='complexstage',
            name='stage',
            field=models.CharField(choices=[('call', 'Call'), ('application', 'Application'), ('review', 'Review'), ('resolution', 'Resolution'), ('designation', 'Designation'), ('support_plan', 'Support plan'), ('permits', 'Permits and infrastructure'), ('candidate', 'Candidate site'), ('developer', 'Developer'), ('feasibility', 'Feasibility study'), ('plan', 'Plan filed'), ('consultation', 'Consultation'), ('eia', 'Environmental assessment'), ('committee', 'Committee'), ('approval', 'Plan approved'), ('compensation', 'Compensation'), ('groundbreaking', 'Groundbreaking'), ('completion', 'Completion'), ('operation', 'Operation')], max_length=16, verbose_name='stage'),
        ),
        migrations.AddConstraint(
            model_name='complexstage',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['call', 'application', 'review', 'resolution', 'designation', 'support_plan', 'permits', 'candidate', 'developer', 'feasibility', 'plan', 'consultation', 'eia', 'committee', 'approval', 'compensation', 'groundbreaking', 'completion', 'operation'])), name='complex_stage_known'),
        ),
        migrations.AddField(
            model_name='complexfigure',
            name='complex',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='clusters.complex', verbose_name='complex'),
        ),
        migrations.AddField(
            model_name='designationround',
            name='measure',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tasks.measure', verbose_name='measure'),
        ),
        migrations.AddField(
            model_name='complex',
            name='round',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='complexes', to='clusters.designationround', verbose_name='designation round'),
        ),
        migrations.AddField(
            model_name='publishedtotal',
            name='complexes',
            field=models.ManyToManyField(related_name='+', to='clusters.complex', verbose_name='complexes'),
        ),
        migrations.AddField(
            model_name='publishedtotal',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='totals', to='clusters.designationround', verbose_name='designation round'),
        ),
        migrations.AddField(
            model_name='roundstep',
            name='milestone',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tasks.milestone', verbose_name='milestone'),
        ),
        migrations.AddField(
            model_name='roundstep',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='clusters.designationround', verbose_name='designation round'),
        ),
        migrations.AddConstraint(
            model_name='stagerule',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['advanced_strategic', 'sobujang', 'national_industrial'])), name='stage_rule_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='stagerule',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['call', 'application', 'review', 'resolution', 'designation', 'support_plan', 'permits', 'candidate', 'developer', 'feasibility', 'plan', 'consultation', 'eia', 'committee', 'approval', 'compensation', 'groundbreaking', 'completion', 'operation'])), name='stage_rule_stage_known'),
        ),
        migrations.AddConstraint(
            model_name='stagerule',
            constraint=models.UniqueConstraint(fields=('kind', 'stage'), name='stage_rule_once'),
        ),
        migrations.AddConstraint(
            model_name='stagerule',
            constraint=models.UniqueConstraint(fields=('kind', 'position'), name='stage_rule_in_order'),
        ),
        migrations.AddField(
            model_name='stagelimit',
            name='rule',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='limits', to='clusters.stagerule', verbose_name='stage'),
        ),
        migrations.AddConstraint(
            model_name='designationround',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['advanced_strategic', 'sobujang', 'national_industrial'])), name='round_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='designationround',
            constraint=models.CheckConstraint(condition=models.Q(('selected_count__lte', models.F('applicant_count'))), name='round_selects_of_applicants', violation_error_message='More were selected than applied.'),
        ),
        migrations.AddConstraint(
            model_name='roundstep',
            constraint=models.UniqueConstraint(fields=('round', 'milestone'), name='round_step_once'),
        ),
    ]
