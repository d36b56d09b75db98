"""Addresses of the core's pages. They read like sentences."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _

from tasks.forms import assessments as lights
from tasks.forms import evidence as proofs
from tasks.forms import meetings as meeting_forms
from tasks.forms import money, outcomes, plan
from tasks.forms import periods as period_forms
from tasks.forms import risks as risk_forms
from tasks.forms import structure as edits
from tasks.imports import BUDGET, OBSERVATIONS, PLAN, REPORTS
from tasks.models import (
    Assessment,
    Bill,
    BudgetLine,
    Commitment,
    Indicator,
    Measure,
    Meeting,
    Milestone,
    ReportingPeriod,
    StatusReport,
    StrategicTask,
    Strategy,
)
from tasks.views import (
    assessments,
    bills,
    budgets,
    change_set,
    comments,
    commitments,
    following,
    holidays,
    indicators,
    measures,
    meetings,
    milestones,
    ministries,
    my_work,
    notifications,
    people,
    periods,
    records,
    reporting,
    review,
    risks,
    saved_views,
    series,
    strategies,
    structure,
    what_changed,
    why,
)
from tasks.views import strategic_tasks as tasks
from tasks.views.entry import Change, ChangePlan, New, NewBelow, NewNode, RemoveDependency, WithdrawEntry, entry_path
from tasks.views.evidence import EvidenceFile, MilestoneEvidence, WithdrawEvidence
from tasks.views.imports import importing

app_name = "tasks"

# Forms on which one row is entered or changed: of the plan, below a node, below a row.
entry = [
    entry_path("strategies/new/", strategies.NewStrategy, plan.StrategyForm, "strategy-new", listed="tasks:strategies"),
    entry_path("tasks/<slug:slug>/plan/", ChangePlan, plan.TaskPlanForm, "task-plan", StrategicTask),
    entry_path("tasks/<slug:slug>/measures/new/", NewNode, plan.MeasureForm, "measure-new", StrategicTask),
    entry_path("measures/<str:code>/plan/", ChangePlan, plan.MeasurePlanForm, "measure-plan", Measure),
    entry_path("measures/<str:code>/measures/new/", NewNode, plan.MeasureForm, "submeasure-new", Measure),
    entry_path("measures/<str:code>/milestones/new/", NewNode, plan.MilestoneForm, "milestone-new", Measure),
    entry_path("milestones/<uuid:uuid>/plan/", ChangePlan, plan.MilestonePlanForm, "milestone-plan", Milestone),
    entry_path("milestones/<uuid:uuid>/waits/", NewBelow, plan.DependencyForm, "dependency-new", Milestone),
    entry_path("milestones/<uuid:uuid>/evidence/link/", NewBelow, proofs.LinkForm, "evidence-link-new", Milestone),
    entry_path("evidence/<uuid:uuid>/change/", Change, proofs.EvidenceForm, "evidence-change"),
    entry_path("evidence/<uuid:uuid>/withdraw/", WithdrawEvidence, proofs.WithdrawEvidenceForm, "evidence-withdraw"),
    entry_path("dependencies/<uuid:uuid>/remove/", RemoveDependency, plan.RemoveDependencyForm, "dependency-remove"),
    entry_path("measures/<str:code>/budget/new/", NewBelow, money.BudgetLineForm, "budget-line-new", Measure),
    entry_path("budget/<uuid:uuid>/new/", budgets.NewEntry, money.BudgetEntryForm, "budget-entry-new", BudgetLine),
    entry_path("measures/<str:code>/indicators/new/", NewBelow, outcomes.IndicatorForm, "indicator-new", Measure),
    entry_path("budget-entries/<uuid:uuid>/withdraw/", WithdrawEntry, money.WithdrawEntryForm, "budget-entry-withdraw"),
    entry_path("targets/<uuid:uuid>/change/", Change, outcomes.TargetForm, "target-change"),
    entry_path("observations/<uuid:uuid>/change/", Change, outcomes.ObservationForm, "observation-change"),
    entry_path("indicators/<slug:key>/change/", Change, outcomes.IndicatorForm, "indicator-change"),
    entry_path("indicators/<slug:key>/targets/new/", NewBelow, outcomes.TargetForm, "target-new", Indicator),
    entry_path("indicators/<slug:key>/observe/", NewBelow, outcomes.ObservationForm, "observation-new", Indicator),
    entry_path("commitments/new/", New, outcomes.CommitmentForm, "commitment-new", listed="tasks:commitments"),
    entry_path("commitments/<str:code>/verdicts/new/", NewBelow, outcomes.VerdictForm, "verdict-new", Commitment),
    entry_path("measures/<str:code>/bills/new/", NewBelow, outcomes.BillForm, "bill-new", Measure),
    entry_path("bills/<slug:key>/change/", Change, outcomes.BillForm, "bill-change"),
    entry_path("bills/<slug:key>/stages/new/", NewBelow, outcomes.BillStageForm, "bill-stage-new", Bill),
    *(
        entry_path(f"{place}/{act}/", assessments.NewLight, form, f"{kind}-{act}", model, verb=act)
        for place, kind, model in (
            ("tasks/<slug:slug>", "task", StrategicTask),
            ("measures/<str:code>", "measure", Measure),
        )
        for act, form in (("declare", lights.DeclareForm), ("assess", lights.LightForm))
    ),
    entry_path("assessments/<uuid:uuid>/recovery/", assessments.NewRecoveryPlan, lights.RecoveryPlanForm,
               "recovery-plan-new", Assessment),
    entry_path("assessments/<uuid:uuid>/dispute/", assessments.NewDispute, lights.DisputeForm,
               "dispute-new", Assessment),
    entry_path("assessments/<uuid:uuid>/withdraw/", assessments.WithdrawLight, lights.WithdrawLightForm,
               "assessment-withdraw"),
    entry_path("periods/new/", periods.OpenPeriod, period_forms.OpenPeriodForm, "period-new", listed="tasks:periods"),
    *(
        entry_path(f"periods/<str:month>/{act}/", view, form, f"period-{name}", ReportingPeriod)
        for act, name, view, form in (
            ("due", "change", periods.ChangePeriod, period_forms.DueDayForm),
            ("close", "close", periods.ClosePeriod, period_forms.ClosePeriodForm),
            ("reopen", "reopen", periods.ReopenPeriod, period_forms.ReopenPeriodForm),
        )
    ),
    entry_path("disputes/<uuid:uuid>/answer/", assessments.AnswerDispute, lights.AnswerForm, "dispute-answer"),
    entry_path("measures/<str:code>/risks/new/", NewBelow, risk_forms.RiskForm, "measure-risk-new", Measure),
    entry_path("milestones/<uuid:uuid>/risks/new/", NewBelow, risk_forms.RiskForm, "milestone-risk-new", Milestone),
    entry_path("risks/<uuid:uuid>/change/", Change, risk_forms.RiskForm, "risk-change"),
    entry_path("risks/<uuid:uuid>/state/", risks.MoveRisk, risk_forms.MoveRiskForm, "risk-state-change"),
    entry_path("meetings/new/", New, meeting_forms.MeetingForm, "meeting-new", listed="tasks:meetings"),
    entry_path("meetings/<uuid:uuid>/change/", Change, meeting_forms.MeetingForm, "meeting-change"),
    entry_path("meetings/<uuid:uuid>/state/", meetings.MoveMeeting, meeting_forms.MoveMeetingForm,
               "meeting-state-change"),
    entry_path("meetings/<uuid:uuid>/agenda/new/", NewBelow, meeting_forms.AgendaItemForm, "agenda-item-new", Meeting),
    entry_path("agenda-items/<uuid:uuid>/change/", Change, meeting_forms.AgendaItemForm, "agenda-item-change"),
    entry_path("meetings/<uuid:uuid>/decisions/new/", NewBelow, meeting_forms.DecisionForm, "decision-new", Meeting),
    entry_path("decisions/<uuid:uuid>/change/", Change, meeting_forms.DecisionForm, "decision-change"),
    entry_path("decisions/<uuid:uuid>/state/", meetings.MoveDecision, meeting_forms.MoveDecisionForm,
               "decision-state-change"),
]  # fmt: skip

# Edits of the tree, by the node that they are about.
_EDITS: tuple[tuple[str, str, Any, dict[str, Any]], ...] = (
    ("strategies/<slug:slug>", "", Strategy, {"weights": edits.WeightsForm, "merge": edits.MergeForm}),
    ("tasks/<slug:slug>", "task-", StrategicTask, {
        "add-measure": edits.AddMeasureForm, "weights": edits.WeightsForm, "assign": edits.AssignForm,
    }),
    ("measures/<str:code>", "measure-", Measure, {
        "add-measure": edits.AddMeasureForm, "add-milestone": edits.AddMilestoneForm, "weights": edits.WeightsForm,
        "move": edits.MoveForm, "rebaseline": edits.RebaselineForm, "assign": edits.AssignForm,
        "supersede": edits.SupersedeForm, "cancel": edits.CancelForm,
    }),
    ("milestones/<uuid:uuid>", "milestone-", Milestone, {
        "move": edits.MoveForm, "rebaseline": edits.RebaselineForm, "assign": edits.AssignForm,
        "supersede": edits.SupersedeForm, "cancel": edits.CancelForm,
    }),
)  # fmt: skip
structure_paths = [
    path("structure/", structure.Structure.as_view(), name="structure"),
    path("structure/changes/", change_set.ChangeSetPage.as_view(), name="change-set"),
    path("structure/tasks/<slug:slug>/", structure.TaskNode.as_view(), name="structure-task"),
    path("structure/measures/<str:code>/", structure.MeasureNode.as_view(), name="structure-measure"),
    path("structure/milestones/<uuid:uuid>/", structure.MilestoneNode.as_view(), name="structure-milestone"),
    *(
        entry_path(f"structure/{place}/{act}/", structure.OperationPage, form, f"structure-{kind}{act}", model)
        for place, kind, model, acts in _EDITS
        for act, form in acts.items()
    ),
    *(
        entry_path(f"structure/{place}/split/", structure.SplitPage, edits.SplitForm, f"structure-{kind}split", model)
        for place, kind, model, acts in _EDITS
        if "move" in acts
    ),
    entry_path("structure/strategies/<slug:slug>/reassign/", structure.HandOver, edits.ReassignForm,
               "structure-reassign", Strategy),
]  # fmt: skip

urlpatterns = [
    *entry,
    *structure_paths,
    path("strategies/", strategies.Strategies.as_view(), name="strategies"),
    path("tasks/", tasks.StrategicTasks.as_view(), name="strategic-tasks"),
    path("tasks/<slug:slug>/", tasks.StrategicTaskPage.as_view(), name="strategic-task"),
    path("tasks/<slug:slug>/figures/", tasks.StrategicTaskFigures.as_view(), name="strategic-task-figures"),
    *(
        path(f"{place}/comments/", comments.PostComment.as_view(model=model, lookup=lookup), name=f"{name}-comment")
        for place, model, lookup, name in (
            ("milestones/<uuid:uuid>", Milestone, "uuid", "milestone"),
            ("measures/<str:code>", Measure, "code", "measure"),
            ("reports/<uuid:uuid>", StatusReport, "uuid", "report"),
        )
    ),
    path("comments/<uuid:uuid>/", comments.ChangeComment.as_view(), name="comment"),
    path("notifications/", notifications.Notifications.as_view(), name="notifications"),
    path("notifications/open/", notifications.OpenNotification.as_view(), name="notification-open"),
    path("notifications/count/", notifications.CountNotifications.as_view(), name="notification-count"),
    path("notifications/settings/", notifications.NotificationSettings.as_view(), name="notification-settings"),
    path("people/", comments.PeopleToMention.as_view(), name="people"),
    path("follow/<str:label>/<uuid:uuid>/", following.FollowRow.as_view(), name="follow"),
    path("measures/", measures.Measures.as_view(), name="measures"),
    path("measures/<str:code>/", measures.MeasurePage.as_view(), name="measure"),
    path("measures/<str:code>/figures/", measures.MeasureFigures.as_view(), name="measure-figures"),
    path("what-changed/", what_changed.WhatChanged.as_view(), name="what-changed"),
    path("holidays/", holidays.Holidays.as_view(), name="holidays"),
    path("milestones/", milestones.Milestones.as_view(), name="milestones"),
    path("milestones/<uuid:uuid>/", milestones.MilestonePage.as_view(), name="milestone"),
    path("milestones/<uuid:uuid>/figures/", milestones.MilestoneFigures.as_view(), name="milestone-figures"),
    path("milestones/<uuid:uuid>/report/", reporting.ReportMilestone.as_view(), name="milestone-report"),
    path("milestones/<uuid:uuid>/evidence/", MilestoneEvidence.as_view(), name="milestone-evidence"),
    path("evidence/", records.EvidenceList.as_view(), name="evidence"),
    path("evidence/<uuid:uuid>/file/", EvidenceFile.as_view(), name="evidence-file"),
    path("evidence/<uuid:uuid>/preview/", EvidenceFile.as_view(inline=True), name="evidence-preview"),
    path("review/", review.Review.as_view(), name="review"),
    path("reports/<uuid:uuid>/", review.ReportPage.as_view(), name="report"),
    path("reports/<uuid:uuid>/review/", review.ReviewReport.as_view(), name="report-review"),
    path("reports/<uuid:uuid>/withdraw/", reporting.WithdrawReport.as_view(), name="report-withdraw"),
    path("my-work/", my_work.MyWork.as_view(), name="my-work"),
    path("periods/", periods.Periods.as_view(), name="periods"),
    path("periods/matrix/", periods.Matrix.as_view(), name="period-matrix"),
    path("periods/<str:month>/", periods.PeriodPage.as_view(), name="period"),
    path("periods/<str:month>/published/", periods.PublishedFigures.as_view(), name="period-published"),
    path("periods/<str:month>/missing/", periods.NotReported.as_view(), name="period-missing"),
    path("saved-views/", saved_views.SavedViews.as_view(), name="saved-views"),
    path("saved-views/new/", saved_views.NewSavedView.as_view(), name="saved-view-new"),
    path("saved-views/<uuid:uuid>/", saved_views.OpenSavedView.as_view(), name="saved-view"),
    path("saved-views/<uuid:uuid>/change/", saved_views.ChangeSavedView.as_view(), name="saved-view-change"),
    path("delegations/", people.Delegations.as_view(), name="delegations"),
    path("delegations/new/", people.NewDelegation.as_view(), name="delegation-new"),
    path("hand-over/", people.HandOver.as_view(), name="hand-over-new"),
    path("assessments/", assessments.Assessments.as_view(), name="assessments"),
    path("risks/", risks.Risks.as_view(), name="risks"),
    path("risks/<uuid:uuid>/", risks.RiskPage.as_view(), name="risk"),
    path("meetings/", meetings.Meetings.as_view(), name="meetings"),
    path("meetings/<uuid:uuid>/", meetings.MeetingPage.as_view(), name="meeting"),
    path("decisions/", meetings.Decisions.as_view(), name="decisions"),
    path("decisions/<uuid:uuid>/", meetings.DecisionPage.as_view(), name="decision"),
    path("commitments/", commitments.Commitments.as_view(), name="commitments"),
    path("commitments/<str:code>/", commitments.CommitmentPage.as_view(), name="commitment"),
    path("budget/", budgets.BudgetLines.as_view(), name="budget-lines"),
    path("budget/<uuid:uuid>/", budgets.BudgetLinePage.as_view(), name="budget-line"),
    path("indicators/", indicators.Indicators.as_view(), name="indicators"),
    path("indicators/<slug:key>/", indicators.IndicatorPage.as_view(), name="indicator"),
    *importing(BUDGET, "tasks:budget-lines", _("Budget")),
    *importing(REPORTS, "tasks:my-work", _("My work")),
    *importing(PLAN, "tasks:strategies", _("Strategies")),
    *importing(OBSERVATIONS, "tasks:indicators", _("Indicators")),
    path("bills/", bills.Bills.as_view(), name="bills"),
    path("bills/<slug:key>/", bills.BillPage.as_view(), name="bill"),
    path("ministries/", ministries.Ministries.as_view(), name="ministries"),
    path("ministries/<slug:key>/", ministries.MinistryPage.as_view(), name="ministry"),
    path("dependencies/", records.Dependencies.as_view(), name="dependencies"),
    path("reports/", records.Reports.as_view(), name="reports"),
    path("plan-versions/", records.PlanVersions.as_view(), name="plan-versions"),
    path("budget-entries/", records.BudgetEntries.as_view(), name="budget-entries"),
    path("indicator-observations/", records.Observations.as_view(), name="indicator-observations"),
    path("series/<str:slice>/<str:id>/", series.SeriesPanel.as_view(), name="series"),
    path("why/<str:slice>/<str:id>/", why.Why.as_view(), name="why"),
    path("offices/", records.Offices.as_view(), name="offices"),
    path("offices/<slug:key>/", records.OfficePage.as_view(), name="office"),
    path("regions/", records.Regions.as_view(), name="regions"),
    path("regions/<slug:key>/", records.RegionPage.as_view(), name="region"),
]
