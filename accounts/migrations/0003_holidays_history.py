"""Puts the corrections of holidays under the change log."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_holidays"), ("tasks", "0002_history_and_tree")]
    operations = [
        migrations.RunSQL("SELECT history_track('accounts_holidaycorrection')", migrations.RunSQL.noop),
    ]
