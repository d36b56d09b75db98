"""Lights that somebody gives, recovery plans, disputes and their answers."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from common.cautions import Caution
from common.entry import EMPTY, Effect, EntryForm
from common.forms import DayField
from common.templatetags.display import day_text
from tasks.actions.assessments import (
    answer_dispute,
    assess_light,
    declare_light,
    dispute_light,
    give_recovery_plan,
    withdraw_assessment,
)
from tasks.choices import AssessmentKind, Light
from tasks.forms.rows import ReasonForm
from tasks.models import Assessment, Dispute, RecoveryPlan

AREA = forms.Textarea(attrs={"rows": 3})
PLAN_ASKED = _("Red asks for a recovery plan: what is done to leave it behind, and by when.")


class LightForm(EntryForm):
    """A light as of a day, with its reason, beside the one of its kind that stands."""

    model, parent = Assessment, "node"
    shown = ("light", "assessed_on", "reason")
    has_source = False
    kind = AssessmentKind.INDEPENDENT
    hints = {
        "assessed_on": _("The day that the light speaks of. A later day takes the place of an earlier one."),
        "reason": _("Why it is so, for every reader of this page."),
    }
    record = staticmethod(assess_light)

    def proposed(self) -> dict[str, Any]:
        return {"assessed_on": timezone.localdate()}

    def _standing(self) -> Assessment | None:
        rows = Assessment.objects.visible_to(self.reader).filter(**Assessment.place(self.above), kind=self.kind)
        return rows.standing().first()

    def effects(self) -> list[Effect]:
        light, day, stands = self.cleaned_data.get("light"), self.cleaned_data.get("assessed_on"), self._standing()
        if not light or day is None or (stands and stands.assessed_on > day):
            return []
        lines = [Effect(self.kind.label, stands and stands.get_light_display(), Light(light).label)]
        if stands is not None:
            lines.append(Effect(_("Assessed on"), day_text(stands.assessed_on), day_text(day)))
        return lines

    def cautions(self) -> list[Caution]:
        day, stands = self.cleaned_data.get("assessed_on"), self._standing()
        if day is None or stands is None or stands.assessed_on <= day:
            return []
        words = _now("The light of %s stays in force; this becomes part of the past.") % day_text(stands.assessed_on)
        return [Caution("assessed_on", words, stands)]


class DeclareForm(LightForm):
    """Red brings its recovery plan along."""

    kind = AssessmentKind.DECLARED
    recovery_plan = forms.CharField(
        label=_("Recovery plan (needed with red)"), required=False, widget=AREA, help_text=PLAN_ASKED
    )
    recovery_due = DayField(label=_("To be done by (needed with red)"), required=False)
    record = staticmethod(declare_light)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("recovery_plan", "recovery_due"):  # with red alone, as their labels say
            self.fields[name].is_needed = True  # type: ignore[attr-defined]

    def cautions(self) -> list[Caution]:
        found, data = super().cautions(), self.cleaned_data
        if data.get("light") == Light.RED and not (data.get("recovery_plan") and data.get("recovery_due")):
            found.append(Caution("recovery_plan", str(PLAN_ASKED)))
        return found


class RecoveryPlanForm(EntryForm):
    model, parent = RecoveryPlan, "assessment"
    shown = ("plan", "due_on")
    has_source = False
    hints = {"plan": _("What is done to leave the red light behind, by whom and with what.")}
    record = staticmethod(give_recovery_plan)


class DisputeForm(EntryForm):
    model, parent = Dispute, "assessment"
    shown = ("reason",)
    has_source = False
    hints = {"reason": _("Why the ministry sees it otherwise. The light stands until the coordinating office answers.")}
    record = staticmethod(dispute_light)


class AnswerForm(EntryForm):
    """Its reason is the answer; where the light does not stand, the new one takes its place today."""

    model, parent = Dispute, "assessment"
    shown = ("outcome",)
    needed = ("outcome",)
    has_source = False
    light = forms.ChoiceField(label=_("New light"), choices=[("", EMPTY[False]), *Light.choices], required=False)
    labels = {"reason": _("Reason for the answer")}
    hints = {
        "light": _("Only where a new light is given. It is dated today, with the reason below."),
        "reason": _("It stands beside the dispute for every reader of this page."),
    }
    change = staticmethod(answer_dispute)


class WithdrawLightForm(ReasonForm):
    model = Assessment
    change = staticmethod(withdraw_assessment)
