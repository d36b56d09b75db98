"""Ministries and offices with the time they are valid, and who succeeded them."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common import past
from common.records import Confidence, Record, Sourced, translated
from common.tiers import clearance_of

UNVERIFIED = Confidence.UNVERIFIED.value


class ValidQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Reference rows: anyone who may read at all sees them."""
        return self if clearance_of(user) else self.none()

    def valid(self, *, on: date) -> Self:
        """Rows that exist on a day; both ends count, an open end has no limit."""
        return self.filter(
            models.Q(valid_from__isnull=True) | models.Q(valid_from__lte=on),
            models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=on),
        )

    def of_the_day(self) -> Self:
        """On a past day those that existed; today all, also those that no longer exist."""
        return self.valid(on=past.day()) if past.current() else self


class Ministry(Record, Sourced):
    """A ministry or agency; a reorganised one keeps its row and names its successors."""

    key = models.SlugField(_("key"), max_length=20, unique=True, allow_unicode=False)
    code = models.CharField(_("government code"), max_length=7, null=True, blank=True, unique=True)
    name_ko = models.CharField(_("name (Korean)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=120)
    short_ko = models.CharField(_("short name (Korean)"), max_length=20, blank=True)
    # How sure a name is where it is less so than the row; empty: as sure as the row.
    name_ko_confidence = models.CharField(
        _("confidence of the name (Korean)"), max_length=12, choices=Confidence, blank=True
    )
    name_en_confidence = models.CharField(
        _("confidence of the name (English)"), max_length=12, choices=Confidence, blank=True
    )
    short_ko_confidence = models.CharField(
        _("confidence of the short name (Korean)"), max_length=12, choices=Confidence, blank=True
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    name = translated("name")
    objects = ValidQuerySet.as_manager()

    class Meta:
        verbose_name = _("ministry")
        verbose_name_plural = _("ministries")
        ordering = ["name_ko"]
        constraints = [
            models.CheckConstraint(
                name="ministry_valid_in_order",
                condition=models.Q(valid_to__gte=models.F("valid_from")),
                violation_error_message=_("The last day lies before the first."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("tasks:ministry", args=[self.key])

    @property
    def unsure_name(self) -> Any:
        """Which of its names was not checked against a page; empty where both were."""
        korean, english = self.name_ko_confidence == UNVERIFIED, self.name_en_confidence == UNVERIFIED
        if korean and english:
            return _("name")
        return _("name (Korean)") if korean else _("name (English)") if english else ""

    def is_valid(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


class MinistrySuccession(Record, Sourced):
    """From `starts_on` the successor holds what `scope` says of the predecessor's work."""

    predecessor = models.ForeignKey(Ministry, models.CASCADE, related_name="successions")
    successor = models.ForeignKey(Ministry, models.PROTECT, related_name="predecessions")
    starts_on = models.DateField(_("from"))
    function = models.SlugField(_("function"), max_length=20, help_text=_("Short name of what it takes over."))
    scope_ko = models.CharField(_("scope (Korean)"), max_length=200, blank=True)
    scope_en = models.CharField(_("scope (English)"), max_length=200, blank=True)
    is_main = models.BooleanField(
        _("takes over by default"), default=False, help_text=_("Work that no other scope names goes to this successor.")
    )

    scope = translated("scope")

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.UniqueConstraint(
                fields=["predecessor"], condition=models.Q(is_main=True), name="succession_one_main"
            ),
            models.CheckConstraint(
                name="succession_of_another", condition=~models.Q(predecessor=models.F("successor"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class Office(Record, Sourced):
    """A body that owns values while its people change: a bureau, a division or an agency.

    `ministry` is null for an agency whose supervising ministry is not on record.
    """

    ministry = models.ForeignKey(Ministry, models.PROTECT, null=True, blank=True, related_name="offices")
    key = models.SlugField(_("key"), max_length=40, unique=True)
    name_ko = models.CharField(_("name (Korean)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=160)
    role_ko = models.CharField(_("role (Korean)"), max_length=200, blank=True)
    role_en = models.CharField(_("role (English)"), max_length=200, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    name = translated("name")
    role = translated("role")
    objects = ValidQuerySet.as_manager()

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ["name_ko"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("tasks:office", args=[self.key])
