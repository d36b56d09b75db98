"""What is entered about programmes, their cohorts, and incentives for foreign talent."""

from django.utils.translation import gettext_lazy as _

from talent import actions
from talent.choices import PLANNED, CohortStep, in_people
from talent.models import Cohort, ForeignTalentIncentive, TalentProgramme
from tasks.forms.rows import RowForm


class TalentProgrammeForm(RowForm):
    model = TalentProgramme
    shown = (
        "measure", "name_ko", "name_en", "kind", "ministry", "agency", "announced_on", "milestone", "target_people",
        "target_on", "target_precision",
    )  # fmt: skip
    labels = RowForm.labels | {"milestone": _("Start (milestone)")}
    record, change = staticmethod(actions.create_talent_programme), staticmethod(actions.change_talent_programme)


class CohortForm(RowForm):
    model, parent = Cohort, "programme"
    shown = ("name_ko", "name_en", "year", "planned", *(step.value for step in CohortStep if step.value != "planned"))
    labels = (
        RowForm.labels | {"planned": in_people(PLANNED)} | {step.value: in_people(step.label) for step in CohortStep}
    )
    hints = {step.value: _("People. Leave it empty where nobody knows: empty is not 0.") for step in CohortStep}
    record, change = staticmethod(actions.create_cohort), staticmethod(actions.change_cohort)


class TalentIncentiveForm(RowForm):
    model = ForeignTalentIncentive
    shown = (
        "measure", "name_ko", "name_en", "kind", "milestone", "indicator", "benefits_ko", "benefits_en",
        "target_people", "target_on", "target_precision",
    )  # fmt: skip
    labels = RowForm.labels | {"milestone": _("Start (milestone)"), "indicator": _("Issued (indicator)")}
    record, change = staticmethod(actions.create_talent_incentive), staticmethod(actions.change_talent_incentive)
