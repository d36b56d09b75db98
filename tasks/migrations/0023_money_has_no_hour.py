"""When the stored money was computed says nothing: it is read only where it is true of the day."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("tasks", "0022_curves")]

    operations = [migrations.RemoveField("moneypass", "finished_at")]
