"""What people say about a row, and what they follow."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tasks', '0031_evidence'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('table', models.CharField(editable=False, max_length=63)),
                ('object_id', models.BigIntegerField(editable=False)),
                ('text', models.TextField(max_length=4000, verbose_name='comment')),
                ('posted_at', models.DateTimeField(auto_now_add=True, verbose_name='written')),
                ('edited_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='corrected')),
                ('withdrawn_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='withdrawn')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to=settings.AUTH_USER_MODEL, verbose_name='author')),
            ],
            options={
                'verbose_name': 'comment',
                'verbose_name_plural': 'comments',
                'ordering': ['posted_at', 'pk'],
                'indexes': [models.Index(fields=['table', 'object_id', 'posted_at'], name='comment_of_row')],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='comment_says_something', violation_error_message='Write something first.')],
            },
        ),
        migrations.CreateModel(
            name='Follow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('table', models.CharField(editable=False, max_length=63)),
                ('object_id', models.BigIntegerField(editable=False)),
                ('since', models.DateTimeField(auto_now_add=True, verbose_name='since')),
                ('follower', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follows', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'followed row',
                'verbose_name_plural': 'followed rows',
                'ordering': ['-since', '-pk'],
                'indexes': [models.Index(fields=['table', 'object_id'], name='follow_of_row')],
                'constraints': [models.UniqueConstraint(fields=('follower', 'table', 'object_id'), name='follow_once')],
            },
        ),
        *(
            migrations.RunSQL(f"SELECT history_track('{table}')", migrations.RunSQL.noop)
            for table in ("tasks_comment", "tasks_follow")
        ),
    ]
