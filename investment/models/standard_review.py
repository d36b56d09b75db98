"""GlobalStandardReview (글로벌 스탠더드 점검): a regulation beside the level of peer countries."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.records import translated
from tasks.models import Milestone
from tasks.models.measure_row import MeasureRow


class GlobalStandardReview(MeasureRow):
    """Its name is the regulation's; the decision is dated by the milestone."""

    peer_countries = ArrayField(
        models.CharField(max_length=2), verbose_name=_("peer countries"), default=list, blank=True
    )
    peer_level_ko = models.TextField(_("level of the peers (Korean)"), blank=True)
    peer_level_en = models.TextField(_("level of the peers (English)"), blank=True)
    our_level_ko = models.TextField(_("our level (Korean)"), blank=True)
    our_level_en = models.TextField(_("our level (English)"), blank=True)
    gap_ko = models.TextField(_("gap (Korean)"), blank=True)
    gap_en = models.TextField(_("gap (English)"), blank=True)
    decision_ko = models.TextField(_("decision (Korean)"), blank=True)
    decision_en = models.TextField(_("decision (English)"), blank=True)
    milestone = models.ForeignKey(
        Milestone, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("milestone")
    )

    peer_level = translated("peer_level")
    our_level = translated("our_level")
    gap = translated("gap")
    decision = translated("decision")

    class Meta(MeasureRow.Meta):
        verbose_name = _("global standard review")
        verbose_name_plural = _("global standard reviews")

    def get_absolute_url(self) -> str:
        return reverse("investment:global-standard-review", args=[self.key])
