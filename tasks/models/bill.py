"""Bill (법령 제·개정): a law on its way; its stages are milestones. The steps of the procedure are a reference list."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Ministry
from common.records import Confidence, Record, Sourced, translated
from tasks.choices import BillKind, BillRoute, BillStep
from tasks.models.measure import Measure
from tasks.models.milestone import Milestone
from tasks.querysets import OfMeasureQuerySet, OfMilestoneQuerySet, OpenQuerySet


class Bill(Record, Sourced):
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="bills")
    key = models.SlugField(_("key"), max_length=80, unique=True)
    title_ko = models.CharField(_("title (Korean)"), max_length=300)
    title_en = models.CharField(_("title (English)"), max_length=300)
    law_ko = models.CharField(_("law (Korean)"), max_length=300, blank=True)
    law_en = models.CharField(_("law (English)"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=BillKind, blank=True)
    summary_ko = models.TextField(_("what it changes (Korean)"), blank=True)
    summary_en = models.TextField(_("what it changes (English)"), blank=True)
    route = models.CharField(_("route"), max_length=24, choices=BillRoute, blank=True)
    law_number = models.CharField(_("law number"), max_length=60, blank=True)
    ministry = models.ForeignKey(Ministry, models.PROTECT, null=True, blank=True, related_name="bills")

    title = translated("title")
    law = translated("law")
    summary = translated("summary")
    objects = OfMeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("bill")
        verbose_name_plural = _("bills")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("tasks:bill", args=[self.key])


class BillStage(Record, Sourced):
    """A stage of a bill is a milestone and holds no date; how long it takes says the `LegislativeStep`."""

    bill = models.ForeignKey(Bill, models.CASCADE, related_name="stages")
    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="bill_stages")
    position = models.PositiveSmallIntegerField(_("order"))
    stage = models.CharField(_("stage"), max_length=14, choices=BillStep)

    objects = OfMilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("stage of a bill")
        verbose_name_plural = _("stages of a bill")
        ordering = ["bill", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["bill", "position"], name="bill_stage_once")]

    def __str__(self) -> str:
        return f"{self.bill} – {self.get_stage_display()}"


class LegislativeStep(Record, Sourced):
    """A step of the legislative procedure (입법 절차): how long it usually takes, and what the law says of it."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    stage = models.CharField(_("stage"), max_length=14, choices=BillStep, unique=True)
    name_ko = models.CharField(_("name (Korean)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120)
    typical_days_min = models.PositiveSmallIntegerField(_("usual days, at least"), null=True, blank=True)
    typical_days_max = models.PositiveSmallIntegerField(_("usual days, at most"), null=True, blank=True)
    typical_note_ko = models.CharField(_("what the usual days cover (Korean)"), max_length=120, blank=True)
    typical_note_en = models.CharField(_("what the usual days cover (English)"), max_length=120, blank=True)
    rule_ko = models.CharField(_("rule in law (Korean)"), max_length=300, blank=True)
    rule_en = models.CharField(_("rule in law (English)"), max_length=300, blank=True)
    rule_confidence = models.CharField(_("how sure the rule is"), max_length=12, choices=Confidence, blank=True)

    name = translated("name")
    typical_note = translated("typical_note")
    rule = translated("rule")
    objects = OpenQuerySet.as_manager()

    @property
    def usual_days(self) -> str:
        """40–60, 5, or "at least 10"; "" where nobody gives any."""
        least, most = self.typical_days_min, self.typical_days_max
        if least is None or least == most:
            return str(most or "")
        return gettext("at least %s") % least if most is None else f"{least}–{most}"

    class Meta:
        verbose_name = _("legislative step")
        verbose_name_plural = _("legislative steps")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                name="legislative_step_days_in_order",
                condition=models.Q(typical_days_max__gte=models.F("typical_days_min")),
                violation_error_message=_("The most days are fewer than the least."),
            )
        ]

    def __str__(self) -> str:
        return self.name
