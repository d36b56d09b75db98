"""How many fields a legal list has; the local part of a hub."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tasks', '0002_history_and_tree'),
        ('technology', '0002_history'),
    ]

    operations = [
        migrations.AddField(
            model_name='legallist',
            name='field_count',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='number of fields'),
        ),
        migrations.AddField(
            model_name='researchhub',
            name='local_government_won',
            field=models.BigIntegerField(blank=True, null=True, verbose_name="local government's part (won)"),
        ),
        migrations.AddConstraint(
            model_name='researchhub',
            constraint=models.CheckConstraint(condition=models.Q(('local_government_won__isnull', True), ('local_government_won__gte', 0), _connector='OR'), name='hub_local_part_not_negative'),
        ),
    ]
