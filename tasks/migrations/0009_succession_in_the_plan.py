"""What takes the place of a measure is part of its plan, as its scope is."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_holidays_history'),
        ("tasks", "0008_indicator_kinds"),
    ]

    operations = [
        migrations.AddField(
            model_name='planversion',
            name='superseded_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tasks.measure', verbose_name='superseding measure'),
        ),
        migrations.AlterField(
            model_name='measure',
            name='superseded_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='supersedes', to='tasks.measure', verbose_name='superseding measure'),
        ),
        migrations.AlterConstraint(
            model_name='measure',
            name='measure_superseded_by_names_one',
            constraint=models.CheckConstraint(condition=models.Q(('scope', 'superseded'), ('superseded_by__isnull', True), _connector='OR'), name='measure_superseded_by_names_one', violation_error_message='Only a measure with the scope “Superseded” names what takes its place.'),
        ),
    ]
