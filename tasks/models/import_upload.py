"""ImportUpload (올린 파일): a checked file that waits to be confirmed by the one who uploaded it."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LIFETIME = timedelta(hours=2)
# A file of more rows is checked behind a progress bar, and written by a worker.
AT_ONCE = 300


def expiry() -> object:
    return timezone.now() + LIFETIME


class ImportUpload(models.Model):
    """One for each user and noun; a further upload takes its place. It is no record, and is thrown away."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    noun = models.CharField(max_length=30)
    name = models.CharField(_("file"), max_length=120)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    # By row, what stood at the upload: the check page marks what changed since.
    standing = models.JSONField(default=dict)
    expires_at = models.DateTimeField(default=expiry)
    # What a worker is to write, where there are too many rows for a request: by whom, what was seen; then its outcome.
    order = models.JSONField(null=True)
    written = models.PositiveIntegerField(null=True)
    problem = models.TextField(default="", blank=True)

    class Meta:
        verbose_name = _("uploaded file")
        verbose_name_plural = _("uploaded files")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["owner", "noun"], name="import_upload_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_at_work(self) -> bool:
        """Whether a worker writes its rows, or is about to."""
        return self.order is not None and self.written is None

    @property
    def is_large(self) -> bool:
        return len(self.standing) > AT_ONCE

    @property
    def reason(self) -> str:
        """What the history says of every row of it."""
        return f"{self.name} · sha256:{self.sha256}"
