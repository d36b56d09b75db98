"""LegalList (법정 목록): one of the four legal meanings of "strategic technology", never merged; TechnologyProfile."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Ministry
from common.records import Record, Sourced, translated
from tasks.models import Technology
from tasks.querysets import OpenQuerySet


class LegalList(Record, Sourced):
    key = models.SlugField(_("key"), max_length=40, unique=True)
    name_ko = models.CharField(_("name (Korean)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=120)
    law_ko = models.CharField(_("law"), max_length=120)
    ministry = models.ForeignKey(
        Ministry, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ministry")
    )
    use_ko = models.CharField(_("used for (Korean)"), max_length=200, blank=True)
    use_en = models.CharField(_("used for (English)"), max_length=200, blank=True)
    fields_ko = ArrayField(models.CharField(max_length=80), verbose_name=_("fields (Korean)"), default=list, blank=True)
    fields_en = ArrayField(
        models.CharField(max_length=80), verbose_name=_("fields (English)"), default=list, blank=True
    )
    field_count = models.PositiveIntegerField(_("number of fields"), null=True, blank=True)
    technology_count = models.PositiveIntegerField(_("number of technologies"), null=True, blank=True)

    name = translated("name")
    use = translated("use")
    fields = translated("fields")
    objects = OpenQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal list")
        verbose_name_plural = _("legal lists")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("technology:legal-list", args=[self.key])


class TechnologyProfile(Record, Sourced):
    """What one legal list says of a technology field of the core."""

    key = models.SlugField(_("key"), max_length=80, unique=True)
    technology = models.ForeignKey(Technology, models.PROTECT, related_name="+", verbose_name=_("strategic technology"))
    legal_list = models.ForeignKey(LegalList, models.PROTECT, related_name="profiles", verbose_name=_("legal list"))
    announced_on = models.DateField(_("announced on"), null=True, blank=True)
    designated_on = models.DateField(_("designated on"), null=True, blank=True)
    sub_technology_count = models.PositiveIntegerField(_("number of sub-technologies"), null=True, blank=True)

    objects = OpenQuerySet.as_manager()

    class Meta:
        verbose_name = _("technology profile")
        verbose_name_plural = _("technology profiles")
        ordering = ["technology__number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["technology", "legal_list"], name="profile_once_per_list"),
            models.CheckConstraint(
                name="profile_dates_in_order",
                condition=Q(designated_on__gte=F("announced_on")),
                violation_error_message=_("The designation lies before the announcement."),
            ),
        ]

    @property
    def name(self) -> str:
        return self.technology.name

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("technology:technology", args=[self.key])
