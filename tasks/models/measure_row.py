"""What the rows of the six domains have in common: a name, and the measure that they are seen with."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.records import Record, Sourced, translated
from tasks.models.measure import Measure
from tasks.models.milestone import Milestone
from tasks.querysets import OfMeasureQuerySet


class MeasureRow(Record, Sourced):
    """A named row that hangs on a measure. `key` never changes; addresses and starter data use it."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="+", verbose_name=_("measure"))
    key = models.SlugField(_("key"), max_length=80, unique=True)
    name_ko = models.CharField(_("name (Korean)"), max_length=200)
    name_en = models.CharField(_("name (English)"), max_length=200)

    name = translated("name")
    objects = OfMeasureQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["key"]

    @property
    def effective_tier(self) -> int:
        return self.measure.effective_tier

    def __str__(self) -> str:
        return self.name


class MilestoneLink(Record):
    """A dated step of a row: the milestone holds the dates, the link their order."""

    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="+", verbose_name=_("milestone"))
    position = models.PositiveSmallIntegerField(_("order"))

    class Meta:
        abstract = True
        ordering = ["position", "pk"]
