"""News for people, read on from where the change log stands now."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tasks', '0032_comments_and_follows'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Mail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('is_digest', models.BooleanField()),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('claimed_at', models.DateTimeField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('failed_at', models.DateTimeField(null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('error', models.CharField(blank=True, default='', max_length=200)),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'e-mail',
                'verbose_name_plural': 'e-mails',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='NotificationCursor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('transaction_id', models.BigIntegerField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='notification_cursor_once')],
            },
        ),
        migrations.CreateModel(
            name='Notification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('returned', 'A report of mine was returned'), ('accepted', 'A report of mine was accepted'), ('waits', 'A report waits for my review'), ('escalated', 'A report has waited too long'), ('mentioned', 'Somebody mentioned me in a comment'), ('delegated', 'A delegation or hand-over concerns me'), ('due', 'A milestone of my ministry falls due or is overdue'), ('period', 'A reporting period is due, is closed or opened again'), ('followed', 'Something that I follow has changed')], max_length=10, verbose_name='kind')),
                ('event', models.CharField(max_length=120)),
                ('table', models.CharField(blank=True, default='', max_length=63)),
                ('object_id', models.BigIntegerField(null=True)),
                ('followed_table', models.CharField(blank=True, default='', max_length=63)),
                ('followed_id', models.BigIntegerField(null=True)),
                ('verb', models.CharField(blank=True, default='', max_length=60)),
                ('at', models.DateTimeField(verbose_name='when')),
                ('channel', models.CharField(choices=[('off', 'Not at all'), ('page', 'On the page'), ('at_once', 'On the page, and by e-mail at once'), ('daily', 'On the page, and by e-mail once a day')], max_length=7)),
                ('read_at', models.DateTimeField(null=True, verbose_name='read')),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('mail', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='notifications', to='tasks.mail')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notifications', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'notification',
                'verbose_name_plural': 'notifications',
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['recipient', '-at'], name='notification_of_person'), models.Index(condition=models.Q(('read_at', None)), fields=['recipient'], name='notification_unread'), models.Index(condition=models.Q(('channel', 'daily'), ('mail', None), ('read_at', None)), fields=['recipient'], name='notification_for_digest')],
                'constraints': [models.UniqueConstraint(fields=('recipient', 'event'), name='notification_once')],
            },
        ),
        migrations.CreateModel(
            name='NotificationPreference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('kind', models.CharField(choices=[('returned', 'A report of mine was returned'), ('accepted', 'A report of mine was accepted'), ('waits', 'A report waits for my review'), ('escalated', 'A report has waited too long'), ('mentioned', 'Somebody mentioned me in a comment'), ('delegated', 'A delegation or hand-over concerns me'), ('due', 'A milestone of my ministry falls due or is overdue'), ('period', 'A reporting period is due, is closed or opened again'), ('followed', 'Something that I follow has changed')], max_length=10, verbose_name='kind')),
                ('channel', models.CharField(choices=[('off', 'Not at all'), ('page', 'On the page'), ('at_once', 'On the page, and by e-mail at once'), ('daily', 'On the page, and by e-mail once a day')], max_length=7, verbose_name='how')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notification_preferences', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'notification preference',
                'verbose_name_plural': 'notification preferences',
                'ordering': ['user', 'kind'],
                'constraints': [models.UniqueConstraint(fields=('user', 'kind'), name='notification_preference_once')],
            },
        ),
        migrations.RunSQL("SELECT history_track('tasks_notificationpreference')", migrations.RunSQL.noop),
        # What happened before is no news.
        migrations.RunSQL(
            "INSERT INTO tasks_notificationcursor (id, transaction_id)"
            " SELECT 1, coalesce(max(transaction_id), 0) FROM tasks_change",
            migrations.RunSQL.noop,
        ),
    ]
