"""What waits for the figures names the milestone that counts differently (see sql/rollups_leaf.sql)."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("tasks", "0017_kept_outlooks")]
    operations = [migrations.RunSQL((SQL / "rollups_leaf.sql").read_text(), migrations.RunSQL.noop)]
