"""Permit (인허가) under a statutory clock: the rule that sets the limits, the application, what happened to it."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from common.records import Confidence, Record, Sourced, known_day, translated
from investment.choices import PermitLaw, PermitMatter, PermitStep
from investment.querysets import OfPermitQuerySet
from tasks.models.measure_row import MeasureRow
from tasks.querysets import OpenQuerySet


class PermitRule(Record, Sourced):
    """The limits of one law from a day to a day, in days. Null: the record does not say, so nothing is computed.

    `application_days` are a civil-petition period; the others are calendar days, the first one excluded.
    """

    key = models.SlugField(_("key"), max_length=80, unique=True)
    law = models.CharField(_("law"), max_length=24, choices=PermitLaw)
    law_ko = models.CharField(_("name of the law (Korean)"), max_length=120)
    law_en = models.CharField(_("name of the law (English)"), max_length=160)
    article = models.CharField(_("article"), max_length=40)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    application_days = models.PositiveSmallIntegerField(
        _("application to request (working days)"), null=True, blank=True
    )
    plan_days = models.PositiveSmallIntegerField(_("plan of processing (days)"), null=True, blank=True)
    plan_cap_days = models.PositiveSmallIntegerField(_("plan at the latest (days)"), null=True, blank=True)
    result_days = models.PositiveSmallIntegerField(_("result of processing (days)"), null=True, blank=True)
    extension_days = models.PositiveSmallIntegerField(_("one extension (days)"), null=True, blank=True)
    deeming_days = models.PositiveSmallIntegerField(_("deemed completed after (days)"), null=True, blank=True)
    limits_move = models.BooleanField(
        _("limits move off days off"), default=True, help_text=_("Civil Act, art. 161; of the stage limits.")
    )
    counting_confidence = models.CharField(_("confidence of the counting"), max_length=12, choices=Confidence)
    counting_ko = models.TextField(_("how days are counted (Korean)"), blank=True)
    counting_en = models.TextField(_("how days are counted (English)"), blank=True)

    law_name = translated("law")
    counting = translated("counting")
    objects = OpenQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule of the permit clock")
        verbose_name_plural = _("rules of the permit clock")
        ordering = ["law", "valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                name="permit_rule_dates_in_order",
                condition=Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                name="permit_rule_cap_holds_the_limit",
                condition=Q(plan_cap_days__gte=F("plan_days")),
                violation_error_message=_("The latest day of the plan lies before its limit."),
            ),
        ]

    @property
    def name(self) -> str:
        return _now("%(law)s, art. %(article)s") % {"law": self.law_name, "article": self.article}

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("investment:permit-rule", args=[self.key])


class Permit(MeasureRow):
    """One application by a developer to have permits processed in time. What happened to it are its events."""

    law = models.CharField(_("law"), max_length=24, choices=PermitLaw)
    matter = models.CharField(_("matter"), max_length=24, choices=PermitMatter)
    applicant = models.CharField(_("applicant"), max_length=200, blank=True)
    authority = models.CharField(_("permitting authority"), max_length=200, blank=True)

    class Meta(MeasureRow.Meta):
        verbose_name = _("permit")
        verbose_name_plural = _("permits")
        ordering = ["-pk"]

    def get_absolute_url(self) -> str:
        return reverse("investment:permit", args=[self.key])


class PermitEvent(Record, Sourced):
    """What happened on a day. Nothing is rewritten: a wrong entry is withdrawn with its reason, and stays listed."""

    permit = models.ForeignKey(Permit, models.CASCADE, related_name="events", verbose_name=_("permit"))
    step = models.CharField(_("what happened"), max_length=24, choices=PermitStep)
    happened_on = models.DateField(_("on"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    withdrawn_for = models.CharField(_("withdrawn because"), max_length=300, blank=True)

    objects = OfPermitQuerySet.as_manager()

    class Meta:
        verbose_name = _("event of a permit")
        verbose_name_plural = _("events of a permit")
        ordering = ["happened_on", "pk"]

    @property
    def effective_tier(self) -> int:
        return self.permit.effective_tier

    @property
    def holds(self) -> bool:
        return not self.withdrawn_for

    def __str__(self) -> str:
        return f"{self.get_step_display()} – {known_day(self.happened_on)}"
