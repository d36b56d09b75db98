"""Region (지역): the 17 provinces, a reference list."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.records import Record, Sourced, translated
from tasks.querysets import OpenQuerySet


class Region(Record, Sourced):
    key = models.SlugField(_("key"), max_length=20, unique=True)
    code = models.CharField(_("government code"), max_length=7, null=True, blank=True, unique=True)
    name_ko = models.CharField(_("name (Korean)"), max_length=40)
    name_en = models.CharField(_("name (English)"), max_length=60)
    valid_from = models.DateField(_("name valid from"), null=True, blank=True)

    name = translated("name")
    unsure_of = _("government code")
    objects = OpenQuerySet.as_manager()

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("tasks:region", args=[self.key])
