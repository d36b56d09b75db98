"""Addresses of the core's pages. They read like sentences."""

from django.urls import path

from tasks.views import bills, budgets, commitments, indicators, measures, milestones, ministries, reporting
from tasks.views import strategic_tasks as tasks

app_name = "tasks"
urlpatterns = [
    path("tasks/", tasks.StrategicTasks.as_view(), name="strategic-tasks"),
    path("tasks/<slug:slug>/", tasks.StrategicTaskPage.as_view(), name="strategic-task"),
    path("tasks/<slug:slug>/figures/", tasks.StrategicTaskFigures.as_view(), name="strategic-task-figures"),
    path("measures/", measures.Measures.as_view(), name="measures"),
    path("measures/<str:code>/", measures.MeasurePage.as_view(), name="measure"),
    path("measures/<str:code>/figures/", measures.MeasureFigures.as_view(), name="measure-figures"),
    path("milestones/", milestones.Milestones.as_view(), name="milestones"),
    path("milestones/<uuid:uuid>/", milestones.MilestonePage.as_view(), name="milestone"),
    path("milestones/<uuid:uuid>/figures/", milestones.MilestoneFigures.as_view(), name="milestone-figures"),
    path("milestones/<uuid:uuid>/report/", reporting.ReportMilestone.as_view(), name="milestone-report"),
    path("reports/<uuid:uuid>/withdraw/", reporting.WithdrawReport.as_view(), name="report-withdraw"),
    path("my-work/", reporting.MyWork.as_view(), name="my-work"),
    path("commitments/", commitments.Commitments.as_view(), name="commitments"),
    path("commitments/<str:code>/", commitments.CommitmentPage.as_view(), name="commitment"),
    path("budget/", budgets.BudgetLines.as_view(), name="budget-lines"),
    path("budget/<uuid:uuid>/", budgets.BudgetLinePage.as_view(), name="budget-line"),
    path("indicators/", indicators.Indicators.as_view(), name="indicators"),
    path("indicators/<slug:key>/", indicators.IndicatorPage.as_view(), name="indicator"),
    path("bills/", bills.Bills.as_view(), name="bills"),
    path("bills/<slug:key>/", bills.BillPage.as_view(), name="bill"),
    path("ministries/", ministries.Ministries.as_view(), name="ministries"),
    path("ministries/<slug:key>/", ministries.MinistryPage.as_view(), name="ministry"),
]
