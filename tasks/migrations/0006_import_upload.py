import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tasks.models.import_upload


class Migration(migrations.Migration):
    dependencies = [("tasks", "0005_budget_entry_withdrawn"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]
    operations = [
        migrations.CreateModel(
            name="ImportUpload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("noun", models.CharField(max_length=30)),
                ("name", models.CharField(max_length=120, verbose_name="file")),
                ("sha256", models.CharField(max_length=64)),
                ("content", models.BinaryField()),
                ("standing", models.JSONField(default=dict)),
                ("expires_at", models.DateTimeField(default=tasks.models.import_upload.expiry)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={"verbose_name": "uploaded file", "verbose_name_plural": "uploaded files", "ordering": ["pk"]},
        ),
        migrations.AddConstraint(
            model_name="importupload",
            constraint=models.UniqueConstraint(fields=("owner", "noun"), name="import_upload_once"),
        ),
    ]
