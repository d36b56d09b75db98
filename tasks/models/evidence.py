"""Evidence (증빙): a file or link that shows what was reported of a milestone."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.records import Record
from common.tiers import Tier
from common.uploads.content import SHOWN_INLINE, media_label
from tasks.choices import EvidenceKind
from tasks.models.milestone import Milestone
from tasks.models.status_report import StatusReport
from tasks.querysets import EvidenceQuerySet


class Evidence(Record):
    """Either a file (`stored_as` below MEDIA_ROOT, `name` as it was called, `size` in bytes) or a link (`url`).

    `content_type` is what its content was found to be, `sha256` the digest of it in hexadecimal. Nothing is deleted:
    a mistake is withdrawn, and stays to be seen. `report` is the one that it was filed with.
    """

    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="evidence")
    report = models.ForeignKey(StatusReport, models.PROTECT, null=True, blank=True, related_name="evidence")
    kind = models.CharField(_("kind"), max_length=16, choices=EvidenceKind)
    title = models.CharField(_("number or title"), max_length=200, blank=True)
    tier = models.PositiveSmallIntegerField(_("tier"), choices=Tier, default=Tier.PUBLIC)
    url = models.URLField(_("web address"), max_length=1000, blank=True)
    stored_as = models.CharField(max_length=100, blank=True, editable=False)
    name = models.CharField(_("name of the file"), max_length=150, blank=True)
    size = models.PositiveBigIntegerField(_("size (bytes)"), null=True, blank=True)
    content_type = models.CharField(_("content type"), max_length=100, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="evidence")
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="evidence_file_or_link",
                condition=Q(url="", size__isnull=False) & ~Q(stored_as="") & ~Q(name="") & ~Q(sha256="")
                | ~Q(url="") & Q(stored_as="", name="", sha256="", content_type="", size=None),
            ),
            models.CheckConstraint(
                name="evidence_link_is_https",
                condition=Q(url="") | Q(url__startswith="https://"),
                violation_error_message=_("Enter an address that begins with https://."),
            ),
            # By tier: what a reader may not see must not be told by a refusal either.
            models.UniqueConstraint(
                fields=["milestone", "tier", "sha256"],
                condition=Q(withdrawn_at=None) & ~Q(sha256=""),
                name="evidence_file_once",
                violation_error_message=_("This very file is among the evidence of this milestone already."),
            ),
            models.UniqueConstraint(
                fields=["milestone", "tier", "url"],
                condition=Q(withdrawn_at=None) & ~Q(url=""),
                name="evidence_link_once",
                violation_error_message=_("This address is among the evidence of this milestone already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.title or self.name or self.url}"

    @property
    def effective_tier(self) -> int:
        return max(self.tier, self.milestone.effective_tier)

    @property
    def type_label(self) -> str:
        """Its content type as a reader calls it."""
        return media_label(self.content_type)

    @property
    def is_shown_inline(self) -> bool:
        """Whether browsers show it safely: images and PDF."""
        return self.content_type in SHOWN_INLINE

    @property
    def is_image(self) -> bool:
        return self.is_shown_inline and self.content_type.startswith("image/")

    def get_absolute_url(self) -> str:
        return f"{self.milestone.get_absolute_url()}#evidence"
