"""Supply plans with their sectors."""

import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ecosystem', '0002_history'),
        ('tasks', '0002_history_and_tree'),
    ]

    operations = [
        migrations.CreateModel(
            name='SupplyPlan',
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
                ('target_ko', models.TextField(blank=True, verbose_name='aim (Korean)')),
                ('target_en', models.TextField(blank=True, verbose_name='aim (English)')),
                ('selection_rule_ko', models.TextField(blank=True, verbose_name='rule of selection (Korean)')),
                ('selection_rule_en', models.TextField(blank=True, verbose_name='rule of selection (English)')),
                ('candidate_count', models.PositiveIntegerField(blank=True, null=True, verbose_name='items considered')),
                ('selected_count', models.PositiveIntegerField(blank=True, null=True, verbose_name='items selected')),
                ('implementation_task_count', models.PositiveIntegerField(blank=True, null=True, verbose_name='implementation tasks')),
                ('lead_project_count', models.PositiveIntegerField(blank=True, null=True, verbose_name='lead projects')),
                ('domestic_support_count', models.PositiveIntegerField(blank=True, null=True, verbose_name='items with support of domestic investment')),
                ('axes_ko', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name='axes (Korean)')),
                ('axes_en', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name='axes (English)')),
                ('indicator', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tasks.indicator', verbose_name='indicator')),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tasks.measure', verbose_name='measure')),
                ('milestone', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tasks.milestone', verbose_name='milestone')),
            ],
            options={
                'verbose_name': 'supply plan',
                'verbose_name_plural': 'supply plans',
                'ordering': ['pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SupplySector',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('name_ko', models.CharField(max_length=80, verbose_name='name (Korean)')),
                ('name_en', models.CharField(max_length=80, verbose_name='name (English)')),
                ('item_count', models.PositiveIntegerField(verbose_name='items')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sectors', to='ecosystem.supplyplan', verbose_name='supply plan')),
            ],
            options={
                'verbose_name': 'sector of a supply plan',
                'verbose_name_plural': 'sectors of a supply plan',
                'ordering': ['plan', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='supplyplan',
            constraint=models.CheckConstraint(condition=models.Q(('selected_count__lte', models.F('candidate_count'))), name='supply_plan_selects_of_candidates', violation_error_message='More items were selected than considered.'),
        ),
    ]
