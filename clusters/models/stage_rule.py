"""StageRule (절차 단계): the stages of a legal kind in their order; StageLimit: how long the law gives for them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusters.choices import ComplexKind, LimitBound, LimitUnit, Stage
from common.records import Record, Sourced, translated
from tasks.querysets import OpenQuerySet


class StageRule(Record, Sourced):
    key = models.SlugField(_("key"), max_length=80, unique=True)
    kind = models.CharField(_("legal kind"), max_length=20, choices=ComplexKind)
    stage = models.CharField(_("stage"), max_length=16, choices=Stage)
    position = models.PositiveSmallIntegerField(_("order"))
    name_ko = models.CharField(_("name (Korean)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120)

    name = translated("name")
    objects = OpenQuerySet.as_manager()

    class Meta:
        verbose_name = _("stage of a legal kind")
        verbose_name_plural = _("stages of the legal kinds")
        ordering = ["kind", "position"]
        constraints = [
            models.CheckConstraint(name="stage_rule_kind_known", condition=Q(kind__in=ComplexKind.values)),
            models.CheckConstraint(name="stage_rule_stage_known", condition=Q(stage__in=Stage.values)),
            models.UniqueConstraint(fields=["kind", "stage"], name="stage_rule_once"),
            models.UniqueConstraint(fields=["kind", "position"], name="stage_rule_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.position}. {self.name}"


class StageLimit(Record, Sourced):
    """One duration that an article sets for a step of the stage. Supplementation stops the clock where it says so."""

    rule = models.ForeignKey(StageRule, models.CASCADE, related_name="limits", verbose_name=_("stage"))
    name_ko = models.CharField(_("name (Korean)"), max_length=120)
    name_en = models.CharField(_("name (English)"), max_length=120)
    value = models.PositiveSmallIntegerField(_("duration"))
    unit = models.CharField(_("unit"), max_length=16, choices=LimitUnit)
    bound = models.CharField(_("bound"), max_length=12, choices=LimitBound, default=LimitBound.AT_MOST)
    law_ko = models.CharField(_("law"), max_length=120)
    article = models.CharField(_("article"), max_length=40)
    is_stopped_by_supplementation = models.BooleanField(_("one supplementation, not counted"), default=False)

    name = translated("name")
    objects = OpenQuerySet.as_manager()

    class Meta:
        verbose_name = _("statutory limit of a stage")
        verbose_name_plural = _("statutory limits of a stage")
        ordering = ["rule", "pk"]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_bound_display()} {self.value} {self.get_unit_display()}"
