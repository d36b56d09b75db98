"""Plan and forecast by month, stored by night where there are many milestones."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tasks', '0021_measures_of_a_task'),
    ]

    operations = [
        migrations.CreateModel(
            name='CurvePoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tier', models.PositiveSmallIntegerField(choices=[(1, 'Public'), (2, 'Internal'), (3, 'Restricted')])),
                ('slice', models.CharField(choices=[('strategy', 'Strategy'), ('task', 'Strategic task'), ('measure', 'Measure'), ('ministry', 'Ministry'), ('region', 'Region'), ('technology', 'Technology'), ('task_ministry', 'Strategic task × ministry'), ('task_region', 'Strategic task × region')], max_length=16)),
                ('key', models.BigIntegerField()),
                ('day', models.DateField()),
                ('planned', models.BigIntegerField()),
                ('expected', models.BigIntegerField()),
                ('computed_at', models.DateTimeField()),
                ('strategy', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='tasks.strategy')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('strategy', 'tier', 'slice', 'key', 'day'), name='curve_once')],
            },
        ),
    ]
