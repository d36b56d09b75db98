"""Phases and bounds of infrastructure needs, rules in words, what a vehicle says of its money."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('investment', '0002_history'),
        ('tasks', '0002_history_and_tree'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='vehiclepart',
            options={'ordering': ['vehicle', '-cut', 'pk'], 'verbose_name': 'part of an investment vehicle', 'verbose_name_plural': 'parts of an investment vehicle'},
        ),
        migrations.AddField(
            model_name='infrastructureneed',
            name='bound',
            field=models.CharField(choices=[('exact', 'Exactly'), ('at_least', 'At least')], default='exact', max_length=8, verbose_name='bound'),
        ),
        migrations.AddField(
            model_name='infrastructureneed',
            name='needed_by',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='needed by (year)'),
        ),
        migrations.AddField(
            model_name='infrastructureneed',
            name='part_of',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='phases', to='investment.infrastructureneed', verbose_name='part of'),
        ),
        migrations.AddField(
            model_name='investmentvehicle',
            name='field_count',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='number of fields'),
        ),
        migrations.AddField(
            model_name='investmentvehicle',
            name='outside_capital_min_bp',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='at least outside the capital area (bp)'),
        ),
        migrations.AddField(
            model_name='taxcreditrule',
            name='value_to',
            field=models.DecimalField(blank=True, decimal_places=3, max_digits=12, null=True, verbose_name='value up to'),
        ),
        migrations.AddField(
            model_name='vehiclepart',
            name='cut',
            field=models.CharField(choices=[('use', 'By use'), ('field', 'By field')], default='use', max_length=8, verbose_name='cut'),
        ),
        migrations.AlterField(
            model_name='taxcreditrule',
            name='unit',
            field=models.CharField(blank=True, choices=[('times_base_credit', 'times the base credit'), ('years', 'years'), ('years_mean', 'years, their mean'), ('percent', 'percent')], max_length=20, verbose_name='unit'),
        ),
        migrations.AlterField(
            model_name='taxcreditrule',
            name='value',
            field=models.DecimalField(blank=True, decimal_places=3, max_digits=12, null=True, verbose_name='value'),
        ),
        migrations.AddConstraint(
            model_name='infrastructureneed',
            constraint=models.CheckConstraint(condition=models.Q(('part_of', models.F('id')), _negated=True), name='need_part_of_another'),
        ),
        migrations.AddConstraint(
            model_name='investmentvehicle',
            constraint=models.CheckConstraint(condition=models.Q(('outside_capital_min_bp__isnull', True), ('outside_capital_min_bp__lte', 10000), _connector='OR'), name='vehicle_outside_capital_bounds'),
        ),
    ]
