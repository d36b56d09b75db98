from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tasks", "0004_the_whole_record")]

    operations = [
        migrations.AddField(
            model_name="budgetentry",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="withdrawn"),
        ),
    ]
