"""Figures of talent programmes, and who is eligible."""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('talent', '0002_history'),
    ]

    operations = [
        migrations.AddField(
            model_name="foreigntalentincentive",
            name="target_precision",
            field=models.CharField(
                choices=[("day", "Day"), ("month", "Month"), ("half", "Half-year"), ("year", "Year")],
                default="day",
                max_length=5,
                verbose_name="precision of the date",
            ),
        ),
        migrations.AddField(
            model_name='talentprogramme',
            name='criteria_en',
            field=models.TextField(blank=True, verbose_name='who is eligible (English)'),
        ),
        migrations.AddField(
            model_name='talentprogramme',
            name='criteria_ko',
            field=models.TextField(blank=True, verbose_name='who is eligible (Korean)'),
        ),
        migrations.CreateModel(
            name='ProgrammeFigure',
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
                ('value', models.PositiveBigIntegerField(verbose_name='value')),
                ('unit', models.CharField(choices=[('people', 'people'), ('places', 'places'), ('won', 'won'), ('usd', 'US dollars')], max_length=8, verbose_name='unit')),
                ('as_of', models.DateField(blank=True, null=True, verbose_name='as of')),
                ('precision', models.CharField(choices=[('day', 'Day'), ('month', 'Month'), ('half', 'Half-year'), ('year', 'Year')], default='day', max_length=5, verbose_name='precision of the date')),
                ('part_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='talent.programmefigure', verbose_name='part of')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='talent.talentprogramme', verbose_name='talent programme')),
            ],
            options={
                'verbose_name': 'figure of a talent programme',
                'verbose_name_plural': 'figures of a talent programme',
                'ordering': ['programme', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('part_of', models.F('id')), _negated=True), name='programme_figure_of_another')],
            },
        ),
    ]
