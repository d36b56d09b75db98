"""How the tables of trade looked on a day: a status is that of the last step that changed it."""

from tasks.past import by_then, rows_of, step_done_on
from trade.choices import CaseStatus, FrameworkStatus
from trade.models import CaseStep, Consultation, Framework, NegotiationCase, Position, ProtectionMeasure


def _status(link: str, column: str, at_first: str) -> str:
    """By the steps that say what became of it; before the first of them `at_first`; without any, today's."""
    steps = f"""FROM public.{link} l JOIN public.tasks_milestone m ON m.id = l.milestone_id
        WHERE l.{column} = row.id AND l.status_after <> ''"""
    return f"""coalesce(
        (SELECT l.status_after {steps} AND {by_then("m.completed_on")}
         ORDER BY m.completed_on DESC, l.position DESC LIMIT 1),
        CASE WHEN EXISTS (SELECT 1 {steps}) THEN '{at_first}' ELSE row.status END)"""


rows_of(
    Framework,
    since="coalesce(row.launched_on, (SELECT f.launched_on FROM public.trade_framework f WHERE f.id = row.parent_id))",
    status=_status("trade_frameworkstep", "framework_id", FrameworkStatus.NEGOTIATING.value),
)
rows_of(
    NegotiationCase,
    since=step_done_on(CaseStep, "case_id"),
    status=_status("trade_casestep", "case_id", CaseStatus.OPEN.value),
)
rows_of(Position, since="row.taken_on")
rows_of(Consultation, since="row.held_on")
# What an amendment is to change is known once its bill is on its way.
rows_of(
    ProtectionMeasure,
    since="""(SELECT min(m.completed_on) FROM public.tasks_billstage s
        JOIN public.tasks_milestone m ON m.id = s.milestone_id WHERE s.bill_id = row.bill_id)""",
)
