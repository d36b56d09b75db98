"""LeadProject (선도 프로젝트): one of the lead projects of Supply Chain 3050, with its items."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tasks.models import Milestone
from tasks.models.measure_row import MeasureRow


class LeadProject(MeasureRow):
    milestone = models.ForeignKey(
        Milestone, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("milestone")
    )

    class Meta(MeasureRow.Meta):
        verbose_name = _("lead project")
        verbose_name_plural = _("lead projects")
        ordering = ["pk"]

    def get_absolute_url(self) -> str:
        return reverse("ecosystem:lead-project", args=[self.key])
