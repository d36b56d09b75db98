"""How the tables of the core looked on a day: plans by their versions, milestones by their accepted reports.

`rows_of` says it of the tables of the domains: what is there from which day on, and the change log what it said then.

Classification is today's, of a node and of those that it stood below: who may not see a row today does not see its
past either.
"""

from typing import Any

from django.conf import settings
from django.db import models

from accounts.past import ministry_then
from common.past import told_by_others, view
from tasks.models import (
    AgendaItem,
    Assessment,
    Bill,
    BudgetEntry,
    BudgetLine,
    Commitment,
    CommitmentVerdict,
    Decision,
    Dependency,
    Dispute,
    Evidence,
    Indicator,
    IndicatorObservation,
    Measure,
    Meeting,
    Milestone,
    PlanVersion,
    RecoveryPlan,
    Risk,
    StatusReport,
    StrategicTask,
    Strategy,
)
from tasks.models.measure import MAX_DEPTH

RECORDED = "row.recorded_at <= past.known_at()"
WITHDRAWN = "CASE WHEN row.withdrawn_at <= past.known_at() THEN row.withdrawn_at END"
KNOWN = "past.known(row.known_from, row.recorded_at)"
# The moment of knowing, or the end of the day that is read, whichever comes first.
END_OF_DAY = f"least(past.known_at(), (past.as_of() + 1)::timestamp AT TIME ZONE '{settings.TIME_ZONE}')"
DEPTHS = range(1, MAX_DEPTH + 1)


def _version(name: str, node: str, is_of: str) -> str:
    """The version of a node's plan that is in force."""
    return f"""LATERAL (SELECT * FROM public.tasks_planversion v
        WHERE v.{node} = {is_of} AND v.effective_on <= past.as_of() AND past.known(v.known_from, v.recorded_at)
        ORDER BY v.effective_on DESC, v.id DESC LIMIT 1) {name}"""


def _upwards(column: str) -> str:
    """That column of the plans of a measure and those above it."""
    return ", ".join(f"p{depth}.{column}" for depth in DEPTHS)


# p1 is the plan of the measure itself, p2 that of the one above it. Where that one is not there yet, the node is not.
_LINES = " ".join(
    f"LEFT JOIN {_version(f'p{d}', 'measure_id', f'p{d - 1}.parent_id')} ON true"
    f" LEFT JOIN public.tasks_measure a{d} ON a{d}.id = p{d - 1}.parent_id"
    for d in DEPTHS[1:]
)
_WHOLE = " AND ".join(f"(p{d}.parent_id IS NULL OR p{d + 1}.id IS NOT NULL)" for d in DEPTHS[:-1])
# The topmost says in which task they all stand.
_TASK = f"coalesce({', '.join(f'p{depth}.in_task_id' for depth in reversed(DEPTHS))}, row.strategic_task_id)"

view(
    StrategicTask,
    joins=f"JOIN {_version('p', 'strategic_task_id', 'row.id')} ON true",
    weight="p.weight",
    lead_ministry_id="p.ministry_id",
)
view(
    Measure,
    is_kept=True,
    joins=f"""JOIN {_version("p1", "measure_id", "row.id")} ON true {_LINES}
        JOIN past.tasks_strategictask task ON task.id = {_TASK}""",
    where=f"{_WHOLE} AND p{MAX_DEPTH}.parent_id IS NULL",
    strategic_task_id="task.id",
    parent_id="p1.parent_id",
    weight="p1.weight",
    lead_ministry_id="p1.ministry_id",
    region_id="p1.region_id",
    technology_id="p1.technology_id",
    scope="p1.scope",
    superseded_by_id="p1.superseded_by_id",
    effective_tier=f"greatest(row.effective_tier, {', '.join(f'a{d}.effective_tier' for d in DEPTHS[1:])})",
    in_scope=f"'in_scope' = ALL (array_remove(ARRAY[{_upwards('scope')}], NULL))",
    depth=f"num_nonnulls({_upwards('measure_id')})",
    path=f"array_remove(ARRAY[{', '.join(f'p{d}.measure_id' for d in reversed(DEPTHS))}], NULL)",
)
view(
    Milestone,
    is_kept=True,
    # OFFSET 0: the measure is looked up once the plan has said which. Free to choose, the planner, which takes measures
    # for a few, pairs each milestone with each of them first.
    joins=f"""JOIN {_version("plan", "milestone_id", "row.id")} ON true
        JOIN LATERAL (SELECT m.in_scope, m.effective_tier FROM past.tasks_measure m
            WHERE m.id = plan.parent_id OFFSET 0) measure ON true
        LEFT JOIN LATERAL (SELECT * FROM public.tasks_statusreport s
            WHERE s.milestone_id = row.id AND s.effective_on <= past.as_of() AND s.accepted_at IS NOT NULL
              AND past.known(s.known_from, s.accepted_at)
              AND (s.withdrawn_at IS NULL OR s.withdrawn_at > past.known_at())
            ORDER BY s.effective_on DESC, s.accepted_at DESC, s.id DESC LIMIT 1) report ON true""",
    measure_id="plan.parent_id",
    responsible_ministry_id="plan.ministry_id",
    responsible_office_id="plan.office_id",
    weight="plan.weight",
    baseline_start="plan.baseline_start",
    baseline_due="plan.baseline_due",
    current_due="plan.current_due",
    effective_tier="greatest(row.effective_tier, measure.effective_tier)",
    in_scope="measure.in_scope AND report.state IS DISTINCT FROM 'cancelled'",
    state="coalesce(report.state, 'planned')",
    progress_bp="report.progress_bp",
    forecast="report.forecast",
    started_on="report.started_on",
    completed_on="report.completed_on",
    completed_precision="coalesce(report.completed_precision, 'day')",
    reported_on="report.effective_on",
)
# A link holds on every day; the log tells which were made or taken away after the moment.
view(
    Dependency,
    rows="""(SELECT * FROM public.tasks_dependency
        UNION ALL
        SELECT (jsonb_populate_record(NULL::public.tasks_dependency, c.before)).* FROM public.tasks_change c
         WHERE c.table_name = 'tasks_dependency' AND c.operation = 'delete' AND c.at > past.known_at())""",
    where="""NOT EXISTS (SELECT 1 FROM public.tasks_change c WHERE c.table_name = 'tasks_dependency'
        AND c.object_id = row.id AND c.operation = 'insert' AND c.at > past.known_at())""",
)
view(
    StatusReport,
    where="""row.effective_on <= past.as_of() AND row.accepted_at IS NOT NULL
        AND past.known(row.known_from, row.accepted_at)""",
    status="CASE WHEN row.withdrawn_at <= past.known_at() THEN 'withdrawn' ELSE 'accepted' END",
    withdrawn_at=WITHDRAWN,
)
view(Assessment, where=f"row.assessed_on <= past.as_of() AND {RECORDED}", withdrawn_at=WITHDRAWN)
view(RecoveryPlan, where=f"row.given_on <= past.as_of() AND {RECORDED}")


def _answered(column: str, none: str = "NULL") -> str:
    """What an answer says, once it was given."""
    is_known = "row.answered_on <= past.as_of() AND row.answered_at <= past.known_at()"
    return f"CASE WHEN {is_known} THEN row.{column} ELSE {none} END"


view(
    Dispute,
    where=f"row.disputed_on <= past.as_of() AND {RECORDED}",
    outcome=_answered("outcome", "''"),
    answer=_answered("answer", "''"),
    answered_on=_answered("answered_on"),
    answered_with_id=_answered("answered_with_id"),
    answered_by_id=_answered("answered_by_id"),
    answered_at=_answered("answered_at"),
)
view(PlanVersion, where=f"row.effective_on <= past.as_of() AND {KNOWN}")
view(
    BudgetEntry,
    where=f"row.effective_on <= past.as_of() AND {KNOWN}",
    withdrawn_at="CASE WHEN row.withdrawn_at <= past.known_at() THEN row.withdrawn_at END",
)
view(
    BudgetLine,
    where="EXISTS (SELECT 1 FROM past.tasks_budgetentry entry WHERE entry.line_id = row.id)",
    ministry_id=ministry_then("row.ministry_id"),
)
view(IndicatorObservation, where="row.observed_on <= past.as_of() AND row.recorded_at <= past.known_at()")


def by_then(day: str) -> str:
    """Of a date in SQL: whether it had come, and was known, on the day; null where there is no date."""
    return f"{day} <= least(past.as_of(), past.known_on())"


def once(column: str, day: str) -> str:
    """A column in SQL that says nothing before a day."""
    return f"CASE WHEN {by_then(day)} THEN row.{column} END"


def done_on(*conditions: str) -> str:
    """The day of the first step done among milestones `m`: of an event that is public when it happens."""
    return f"(SELECT min(m.completed_on) FROM public.tasks_milestone m WHERE {' AND '.join(conditions)})"


def step_done_on(link: type[models.Model], column: str) -> str:
    """The same of the steps of a row: milestones that a table of links ties to it."""
    table = link._meta.db_table
    return done_on(f"m.id IN (SELECT l.milestone_id FROM public.{table} l WHERE l.{column} = row.id)")


def rows_of(
    model: type[models.Model],
    *,
    since: str = "NULL::date",
    is_public: bool = True,
    known_from: str = "NULL::date",
    by_day: bool = False,
    **columns: Any,
) -> None:
    """Say how a table of a domain looked. `since` is the day from which a row is there (SQL; null: on every day).

    What the log has of changes after the moment is undone; `by_day`: also those after the day, of what
    changes with the day on which somebody says so and holds no dates of its own. A row is known from its recording
    on, from `known_from`, or, where it is of the starter data and tells what `is_public` when it happens, from the
    day `since`.
    """
    table = model._meta.db_table
    late = f"c.table_name = '{table}' AND c.at > past.known_at()"
    changed_late = f"c.table_name = '{table}' AND c.at > {END_OF_DAY if by_day else 'past.known_at()'}"
    undone = f"""(SELECT jsonb_object_agg(e.key, e.value ORDER BY c.sequence DESC) AS columns
        FROM public.tasks_change c, jsonb_each(c.before) e
        WHERE {changed_late} AND c.object_id = r.id AND c.operation = 'update')"""
    rows = f"""(SELECT stood.* FROM public.{table} r, LATERAL {undone} undone,
          LATERAL jsonb_populate_record(r, coalesce(undone.columns, '{{}}')) stood
        UNION ALL
        SELECT stood.* FROM public.tasks_change c, LATERAL jsonb_populate_record(NULL::public.{table}, c.before) stood
         WHERE {late} AND c.operation = 'delete')"""
    unrecorded = f"SELECT 1 FROM public.tasks_change c WHERE {late} AND c.object_id = row.id AND c.operation = 'insert'"
    if is_public:
        unrecorded += " AND c.door <> 'seed'"
    known = f"({known_from} <= past.known_on() OR NOT EXISTS ({unrecorded}))"
    there = by_then(since) if is_public else f"{since} <= past.as_of()"
    view(model, rows=rows, where=f"{known} AND coalesce({there}, true)", **columns)


def step_of_bill_done_on(stage: str) -> str:
    return done_on(
        f"""m.id IN (SELECT s.milestone_id FROM public.tasks_billstage s
            WHERE s.bill_id = row.id AND s.stage = '{stage}')"""
    )


rows_of(CommitmentVerdict, since="row.judged_on")
rows_of(
    Bill,
    ministry_id=ministry_then("row.ministry_id"),
    law_number=f"CASE WHEN {by_then(step_of_bill_done_on('promulgation'))} THEN row.law_number ELSE '' END",
)
# Score, owner and state hold from the day on which they were recorded.
rows_of(Risk, since="row.raised_on", is_public=False, by_day=True)
# It is there once it was entered, or was held before that; what it did not yet come to is not told.
_HELD = "row.meets_on <= past.as_of()"
rows_of(
    Meeting,
    since="least(row.meets_on, row.recorded_at::date)",
    status=f"CASE WHEN row.status <> 'held' OR {_HELD} THEN row.status ELSE 'planned' END",
    minutes=f"CASE WHEN {_HELD} THEN row.minutes ELSE '' END",
)
rows_of(AgendaItem)
_DONE = "row.state = 'done' AND row.done_on > past.as_of()"
rows_of(
    Decision,
    since="row.decided_on",
    state=f"CASE WHEN {_DONE} THEN 'open' ELSE row.state END",
    outcome=f"CASE WHEN {_DONE} THEN '' ELSE row.outcome END",
    done_on=f"CASE WHEN {_DONE} THEN NULL ELSE row.done_on END",
)
# Added, changed and withdrawn as the log has it; its classification is today's.
rows_of(
    Evidence,
    since="(row.recorded_at AT TIME ZONE 'Asia/Seoul')::date",
    is_public=False,
    tier="(SELECT e.tier FROM public.tasks_evidence e WHERE e.id = row.id)",
)
told_by_others(Strategy, Commitment, Indicator)
