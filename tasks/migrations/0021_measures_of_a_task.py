"""An index of measures by their task that is read alone: what falls due in a strategy is counted through it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_ministry_name_confidence'),
        ('tasks', '0020_open_milestones'),
    ]

    operations = [
        migrations.AlterField(
            model_name='measure',
            name='strategic_task',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='tasks.strategictask'),
        ),
        migrations.AddIndex(
            model_name='measure',
            index=models.Index(fields=['strategic_task'], include=('id',), name='measure_of_task'),
        ),
    ]
