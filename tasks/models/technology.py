"""Technology (전략기술): the 12 national strategic technologies, a reference list."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.records import Record, Sourced, translated
from tasks.querysets import OpenQuerySet


class Technology(Record, Sourced):
    key = models.SlugField(_("key"), max_length=40, unique=True)
    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    name_ko = models.CharField(_("name (Korean)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=80)

    name = translated("name")
    objects = OpenQuerySet.as_manager()

    class Meta:
        verbose_name = _("strategic technology")
        verbose_name_plural = _("strategic technologies")
        ordering = ["number"]

    def __str__(self) -> str:
        return self.name
