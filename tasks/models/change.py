"""Change (변경 기록): the one append-only log, written by the database and read by everyone else."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tasks.querysets import ChangeQuerySet


class Change(models.Model):
    """One row written, as the trigger saw it. `before` and `after` hold only the changed columns."""

    sequence = models.BigAutoField(primary_key=True)
    transaction_id = models.BigIntegerField(editable=False)
    at = models.DateTimeField(_("when"), editable=False)
    actor_id = models.BigIntegerField(null=True, editable=False)
    on_behalf_of_id = models.BigIntegerField(null=True, editable=False)
    request_id = models.CharField(max_length=32, editable=False)
    door = models.CharField(_("through"), max_length=12, editable=False)
    database_role = models.CharField(max_length=63, editable=False)
    verb = models.CharField(_("what"), max_length=60, editable=False)
    reason = models.TextField(_("why"), editable=False)
    table = models.CharField(max_length=63, db_column="table_name", editable=False)
    object_id = models.BigIntegerField(editable=False)
    version = models.PositiveIntegerField(editable=False)
    operation = models.CharField(max_length=6, editable=False)
    before = models.JSONField(null=True, editable=False)
    after = models.JSONField(null=True, editable=False)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["-sequence"]
        indexes = [
            models.Index(fields=["table", "object_id", "sequence"], name="change_of_object"),
            models.Index(fields=["transaction_id", "sequence"], name="change_feed"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb} {self.table}/{self.object_id}"
