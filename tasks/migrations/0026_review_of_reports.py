"""Two review steps of a report, and why it was returned."""


import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_announced_as_reported'),
        ('tasks', '0025_share_of_a_whole'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='statusreport',
            name='endorsed_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='approved by the ministry'),
        ),
        migrations.AddField(
            model_name='statusreport',
            name='endorsed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='endorsed_reports', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='statusreport',
            name='return_reason',
            field=models.TextField(blank=True, db_default='', verbose_name='why it was returned'),
        ),
        migrations.AddField(
            model_name='statusreport',
            name='returned_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='returned'),
        ),
        migrations.AddField(
            model_name='statusreport',
            name='returned_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='returned_reports', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='statusreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'returned'), _negated=True), models.Q(('returned_at__isnull', False), models.Q(('return_reason', ''), _negated=True)), _connector='OR'), name='report_returned_says_why'),
        ),
    ]
