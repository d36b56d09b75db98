"""States, labels and the tables of legal moves."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.imports.words import folded, in_both
from common.records import Confidence


class MilestoneState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    IN_PROGRESS = "in_progress", _("In progress")
    COMPLETED = "completed", _("Completed")
    SUSPENDED = "suspended", _("Suspended")
    CANCELLED = "cancelled", _("Cancelled")


# Nothing more is to be done: no light, no place among the open ones.
ENDED = (MilestoneState.COMPLETED, MilestoneState.CANCELLED)


class Verb(models.TextChoices):
    """What a report does to its milestone."""

    UPDATE = "update", _("Update")
    START = "start", _("Start")
    COMPLETE = "complete", _("Complete")
    SUSPEND = "suspend", _("Suspend")
    RESUME = "resume", _("Resume")
    CANCEL = "cancel", _("Cancel")
    REOPEN = "reopen", _("Reopen")


# After which it goes on, or is to go on: such a report says how a month went. Others have a date of their own.
GOING = (Verb.UPDATE, Verb.START, Verb.RESUME, Verb.SUSPEND, Verb.REOPEN)


@dataclass(frozen=True)
class Move:
    """One legal move: what it needs, and whether only the coordinating office may make it."""

    verb: models.TextChoices
    sources: tuple[models.TextChoices, ...]
    target: models.TextChoices | None
    required: tuple[str, ...] = ()
    by_coordinator: bool = False

    def target_from(self, state: str) -> str:
        """The state after the move; an update stays where it is."""
        return self.target or state


_S = MilestoneState
MOVES: dict[str, Move] = {
    move.verb: move
    for move in (
        Move(Verb.UPDATE, (_S.PLANNED, _S.IN_PROGRESS, _S.SUSPENDED), None),
        Move(Verb.START, (_S.PLANNED,), _S.IN_PROGRESS),
        Move(Verb.COMPLETE, (_S.PLANNED, _S.IN_PROGRESS), _S.COMPLETED, ("completed_on",)),
        Move(Verb.SUSPEND, (_S.PLANNED, _S.IN_PROGRESS), _S.SUSPENDED, ("reason",)),
        Move(Verb.RESUME, (_S.SUSPENDED,), _S.IN_PROGRESS),
        Move(Verb.CANCEL, (_S.PLANNED, _S.IN_PROGRESS, _S.SUSPENDED), _S.CANCELLED, ("reason",), True),
        Move(Verb.REOPEN, (_S.COMPLETED,), _S.IN_PROGRESS, ("reason",), True),
    )
}


def moves_from(state: str, moves: dict[str, Move] = MOVES) -> list[Move]:
    """The moves that a table (that of milestones) allows from a state, in the order of the table."""
    return [move for move in moves.values() if state in move.sources]


def legal_steps() -> list[tuple[str, str, str]]:
    """Every (verb, from, to) of the table: the check constraint of StatusReport is made of it."""
    return [(m.verb.value, s.value, str(m.target_from(s.value))) for m in MOVES.values() for s in m.sources]


class ReportStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    ACCEPTED = "accepted", _("Accepted")
    RETURNED = "returned", _("Returned")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# Where its office may still write a report anew.
OPEN_TO_ITS_OFFICE = (ReportStatus.DRAFT, ReportStatus.RETURNED)


class EvidenceKind(models.TextChoices):
    """What a piece of evidence is; of these a milestone asks for those without which it is not completed."""

    GAZETTE = "gazette", _("Official gazette")
    OFFICIAL_LETTER = "official_letter", _("Official letter")
    CONTRACT = "contract", _("Contract or agreement")
    INSPECTION = "inspection", _("Inspection or completion certificate")
    BUDGET_RECORD = "budget_record", _("Record of budget execution")
    MINUTES = "minutes", _("Minutes of a meeting")
    PUBLICATION = "publication", _("Press release or publication")
    PHOTO = "photo", _("Photo")
    OTHER = "other", _("Other evidence")


class Scope(models.TextChoices):
    IN_SCOPE = "in_scope", _("In scope")
    CANCELLED = "cancelled", _("Cancelled")
    SUPERSEDED = "superseded", _("Superseded")


class PlanKind(models.TextChoices):
    """What a row of an imported plan is."""

    TASK = "task", _("Strategic task")
    MEASURE = "measure", _("Measure")
    MILESTONE = "milestone", _("Milestone")


class Operation(models.TextChoices):
    """What one edit of a change set does to the tree."""

    ADD_MEASURE = "add_measure", _("Add a measure")
    ADD_MILESTONE = "add_milestone", _("Add a milestone")
    MOVE = "move", _("Move")
    SPLIT = "split", _("Split")
    MERGE = "merge", _("Merge")
    WEIGHTS = "weights", _("Set weights")
    CANCEL = "cancel", _("Cancel")
    SUPERSEDE = "supersede", _("Supersede")
    REBASELINE = "rebaseline", _("Set new dates")
    ASSIGN = "assign", _("Assign")


class ScheduleLight(models.TextChoices):
    """Light of a milestone; one that is completed, cancelled or undated has none."""

    OVERDUE = "overdue", _("Overdue")
    AT_RISK = "at_risk", _("At risk")
    DUE_SOON = "due_soon", _("Due soon")
    ON_TRACK = "on_track", _("On track")


class ComputedLight(models.TextChoices):
    """Light of a figure."""

    NONE = "none", _("Nothing due yet")
    RED = "red", _("Red")
    NO_DATA = "no_data", _("Not enough data")
    AMBER = "amber", _("Amber")
    GREEN = "green", _("Green")


class Light(models.TextChoices):
    """A light that somebody gives, from good to bad: each is a step from the next."""

    GREEN = "green", _("Green")
    AMBER = "amber", _("Amber")
    RED = "red", _("Red")


class AssessmentKind(models.TextChoices):
    """Whose word a given light is."""

    DECLARED = "declared", _("Declared light")
    INDEPENDENT = "independent", _("Independent light")


class DisputeOutcome(models.TextChoices):
    """What came of a dispute."""

    UPHELD = "upheld", _("The light stands")
    CHANGED = "changed", _("A new light is given")


class RiskState(models.TextChoices):
    """What became of a risk; one that has occurred is at hand, and is dealt with until it is closed."""

    OPEN = "open", pgettext_lazy("risk", "Open")
    OCCURRED = "occurred", _("Occurred")
    MITIGATED = "mitigated", _("Mitigated")
    CLOSED = "closed", pgettext_lazy("risk", "Closed")


# Somebody has to act on it: it stands in the matrix, and may wait for a decision.
LIVE_RISKS = (RiskState.OPEN, RiskState.OCCURRED)


class RiskVerb(models.TextChoices):
    OCCUR = "occur", _("It has occurred")
    MITIGATE = "mitigate", _("It is mitigated: what was planned against it works")
    CLOSE = "close", _("Close it: it no longer matters")
    REOPEN = "reopen", _("Open it again")


RISK_MOVES: dict[str, Move] = {
    move.verb: move
    for move in (
        Move(RiskVerb.OCCUR, (RiskState.OPEN, RiskState.MITIGATED), RiskState.OCCURRED, ("reason",)),
        Move(RiskVerb.MITIGATE, LIVE_RISKS, RiskState.MITIGATED, ("reason",)),
        Move(RiskVerb.CLOSE, (*LIVE_RISKS, RiskState.MITIGATED), RiskState.CLOSED, ("reason",)),
        Move(RiskVerb.REOPEN, (RiskState.OCCURRED, RiskState.MITIGATED, RiskState.CLOSED), RiskState.OPEN, ("reason",)),
    )
}


class Severity(models.IntegerChoices):
    """How much harm a risk does."""

    NEGLIGIBLE = 1, pgettext_lazy("severity", "Negligible")
    MINOR = 2, pgettext_lazy("severity", "Minor")
    MODERATE = 3, pgettext_lazy("severity", "Moderate")
    MAJOR = 4, pgettext_lazy("severity", "Major")
    CRITICAL = 5, pgettext_lazy("severity", "Critical")


class Likelihood(models.IntegerChoices):
    """How likely it comes to it."""

    RARE = 1, pgettext_lazy("likelihood", "Rare")
    UNLIKELY = 2, pgettext_lazy("likelihood", "Unlikely")
    POSSIBLE = 3, pgettext_lazy("likelihood", "Possible")
    LIKELY = 4, pgettext_lazy("likelihood", "Likely")
    ALMOST_CERTAIN = 5, pgettext_lazy("likelihood", "Almost certain")


class RiskLevel(models.TextChoices):
    """The score, severity × likelihood, in a word; from which score on stands in `RISK_LEVELS`."""

    EXTREME = "extreme", pgettext_lazy("risk", "Very high")
    HIGH = "high", pgettext_lazy("risk", "High")
    MEDIUM = "medium", pgettext_lazy("risk", "Medium")
    LOW = "low", pgettext_lazy("risk", "Low")


# This application's own rule, from the highest on: the least score of each level.
RISK_LEVELS = {RiskLevel.EXTREME: 15, RiskLevel.HIGH: 10, RiskLevel.MEDIUM: 5, RiskLevel.LOW: 1}


def risk_level(score: int) -> RiskLevel:
    """The level of a score of 1 to 25."""
    return next(level for level, least in RISK_LEVELS.items() if score >= least)


class MeetingKind(models.TextChoices):
    """Who sits at the table."""

    PRESIDENT = "president", _("Chaired by the President")
    PRIME_MINISTER = "prime_minister", _("Chaired by the Prime Minister")
    MINISTERS = "ministers", _("Ministers")
    VICE_MINISTERS = "vice_ministers", _("Vice-ministers")
    DIRECTORS = "directors", _("Directors-general")
    WORKING = "working", _("Working level")
    EXPERTS = "experts", _("With experts and industry")


class MeetingStatus(models.TextChoices):
    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "Cancelled")


class MeetingVerb(models.TextChoices):
    HOLD = "hold", _("It was held")
    CANCEL = "cancel", _("Cancel it")
    PLAN = "plan", _("Plan it again")


MEETING_MOVES: dict[str, Move] = {
    move.verb: move
    for move in (
        Move(MeetingVerb.HOLD, (MeetingStatus.PLANNED,), MeetingStatus.HELD),
        Move(MeetingVerb.CANCEL, (MeetingStatus.PLANNED,), MeetingStatus.CANCELLED, ("reason",)),
        Move(MeetingVerb.PLAN, (MeetingStatus.CANCELLED,), MeetingStatus.PLANNED, ("reason",)),
    )
}


class DecisionState(models.TextChoices):
    OPEN = "open", pgettext_lazy("decision", "To be done")
    DONE = "done", _("Done")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class DecisionVerb(models.TextChoices):
    COMPLETE = "complete", _("It is done")
    WITHDRAW = "withdraw", _("Withdraw it")
    REOPEN = "reopen", _("Open it again")


DECISION_MOVES: dict[str, Move] = {
    move.verb: move
    for move in (
        Move(DecisionVerb.COMPLETE, (DecisionState.OPEN,), DecisionState.DONE, ("done_on", "reason")),
        Move(DecisionVerb.WITHDRAW, (DecisionState.OPEN,), DecisionState.WITHDRAWN, ("reason",)),
        Move(DecisionVerb.REOPEN, (DecisionState.DONE, DecisionState.WITHDRAWN), DecisionState.OPEN, ("reason",)),
    )
}


class Strength(models.TextChoices):
    """How firmly the announcement speaks."""

    WILL_DO = "will_do", _("Will do")
    WILL_DEVELOP = "will_develop", _("Will develop")
    WILL_PROMOTE = "will_promote", _("Will promote")
    WILL_DISCUSS = "will_discuss", _("Will discuss")
    PLANS = "plans", _("Plans")
    UNDER_CONSIDERATION = "under_consideration", _("Under consideration")


# What each strength says, in a sentence.
STRENGTH_MEANS = {
    Strength.WILL_DO: _("As reported, the announcement says that it will be done."),
    Strength.WILL_DEVELOP: _("As reported, the announcement says that it will be developed."),
    Strength.WILL_PROMOTE: _(
        "As reported, the announcement says that it will be promoted; it names no act that completes it."
    ),
    Strength.WILL_DISCUSS: _("As reported, the announcement only says that it will be discussed."),
    Strength.PLANS: _("As reported, the announcement speaks of a plan."),
    Strength.UNDER_CONSIDERATION: _("As reported, the announcement only says that it is under consideration."),
}


class Verdict(models.TextChoices):
    KEPT = "kept", _("Kept")
    PARTLY = "partly", _("Partly kept")
    LATE = "late", _("Kept late")
    OVERTAKEN = "overtaken", _("Overtaken by events")
    OPEN = "open", _("Under way")
    # Looked for in what is published, and not found: neither kept nor broken can be said.
    NOT_FOUND = "not_found", _("Nothing found")


# How sure a verdict is, where the words for other facts would mislead: nobody computes or reports a judgement.
VERDICT_SURE = {
    Confidence.DERIVED: _("Concluded from sources"),
    Confidence.REPORTED: _("Given by the coordinating office"),
}


def verdict_sure(verdict: str, confidence: str) -> str:
    """In words. That nothing was found is concluded from nothing but the search."""
    if verdict == Verdict.NOT_FOUND and confidence == Confidence.DERIVED:
        return str(_("Searched, nothing found"))
    return str(VERDICT_SURE.get(Confidence(confidence), Confidence(confidence).label))


class MoneyPhase(models.TextChoices):
    """The phases of public money; each is a series of its own (rule of truth 1)."""

    ANNOUNCED = "announced", _("Announced")
    APPROPRIATED = "appropriated", _("Appropriated")
    CURRENT = "current", _("Current budget")
    ALLOTTED = "allotted", _("Allotted")
    EXECUTED = "executed", _("Executed")
    ACTUALLY_EXECUTED = "actually_executed", _("Actually executed")
    CARRIED_OVER = "carried_over", _("Carried over")
    UNUSED = "unused", _("Unused")


class Direction(models.TextChoices):
    UP = "up", _("Higher is better")
    DOWN = "down", _("Lower is better")
    KEEP = "keep", _("Keep the level")


class ValueKind(models.TextChoices):
    """What the values of an indicator are."""

    AMOUNT = "amount", _("Count or amount, 0 or more")
    SHARE = "share", _("Share of a whole, 0 to 100%")
    CHANGE = "change", _("Growth or balance, also below 0")


# Between which bounds they lie; the database keeps the same (migrations/sql/indicators.sql).
VALUE_BOUNDS: dict[str, tuple[int | None, int | None]] = {
    ValueKind.AMOUNT: (0, None),
    ValueKind.SHARE: (0, 100),
    ValueKind.CHANGE: (None, None),
}


class Aggregation(models.TextChoices):
    SUM = "sum", _("Sum")
    LATEST = "latest", _("Latest")
    MEAN = "mean", _("Mean")
    NONE = "none", _("Not aggregated")


class ObservationMethod(models.TextChoices):
    """Methods of observation that have a name in both languages; any other is kept, and shown, as it was typed."""

    AVERAGE_185_ITEMS = "average_185_items", _("Average of 185 items")
    REPORTED_CUMULATIVE = "reported_cumulative", _("Cumulative, as reported")
    DESIGNATED_CUMULATIVE = "designated_cumulative", _("Cumulative designations")
    PLAN_2022 = "plan_2022", _("Plan of 2022")


def method_label(method: str) -> str:
    """A method as a reader sees it."""
    return str(ObservationMethod(method).label) if method in ObservationMethod else method


def method_of(text: str) -> str:
    """The method that is meant: by its code, its Korean or its English name; else as typed."""
    typed = folded(text)
    return next((m.value for m in ObservationMethod if typed in map(folded, (m.value, *in_both(m.label)))), text)


class PeriodState(models.TextChoices):
    OPEN = "open", pgettext_lazy("period", "Open")
    CLOSED = "closed", _("Closed")
    REOPENED = "reopened", _("Reopened")


class NoticeKind(models.TextChoices):
    """Of what a person is told, from the most personal on: of one event only the first is told."""

    RETURNED = "returned", _("A report of mine was returned")
    ACCEPTED = "accepted", _("A report of mine was accepted")
    WAITS = "waits", _("A report waits for my review")
    ESCALATED = "escalated", _("A report has waited too long")
    MENTIONED = "mentioned", _("Somebody mentioned me in a comment")
    DELEGATED = "delegated", _("A delegation or hand-over concerns me")
    DUE = "due", _("A milestone of my ministry falls due or is overdue")
    PERIOD = "period", _("A reporting period is due, is closed or opened again")
    FOLLOWED = "followed", _("Something that I follow has changed")


class NoticeChannel(models.TextChoices):
    """How a person is told; an e-mail comes beside the page, never instead of it."""

    OFF = "off", _("Not at all")
    PAGE = "page", _("On the page")
    AT_ONCE = "at_once", _("On the page, and by e-mail at once")
    DAILY = "daily", _("On the page, and by e-mail once a day")


DEFAULT_CHANNELS: dict[str, NoticeChannel] = {
    NoticeKind.RETURNED: NoticeChannel.AT_ONCE,
    NoticeKind.ACCEPTED: NoticeChannel.PAGE,
    NoticeKind.WAITS: NoticeChannel.DAILY,
    NoticeKind.ESCALATED: NoticeChannel.AT_ONCE,
    NoticeKind.MENTIONED: NoticeChannel.AT_ONCE,
    NoticeKind.DELEGATED: NoticeChannel.AT_ONCE,
    NoticeKind.DUE: NoticeChannel.DAILY,
    NoticeKind.PERIOD: NoticeChannel.DAILY,
    NoticeKind.FOLLOWED: NoticeChannel.DAILY,
}


class BillRoute(models.TextChoices):
    GOVERNMENT = "government", _("Government bill")
    MEMBER = "member", _("Member's bill")
    COMMITTEE = "committee_alternative", _("Committee alternative")


class BillKind(models.TextChoices):
    ENACTMENT = "enactment", _("New law")
    AMENDMENT = "amendment", _("Amendment")


class BillStep(models.TextChoices):
    """The stages of legislation in their order. A member's bill begins with its proposal."""

    PLAN = "plan", _("Legislative plan")
    DRAFTING = "drafting", _("Drafted")
    ASSESSMENT = "assessment", _("Impact assessed")
    CONSULTATION = "consultation", _("Ministries consulted")
    NOTICE = "notice", _("Pre-announced")
    REGULATION = "regulation", _("Regulatory review")
    MOLEG = "moleg", _("Reviewed by the Ministry of Government Legislation")
    VICE_MINISTERS = "vice_ministers", _("Vice-ministers' meeting")
    COUNCIL_BILL = "council_bill", _("State Council (bill)")
    PROPOSAL = "proposal", _("Proposed")
    REFERRAL = "referral", _("Referred to committee")
    COMMITTEE = "committee", _("Committee")
    JUDICIARY = "judiciary", _("Legislation and Judiciary Committee")
    PLENARY = "plenary", _("Passed in plenary")
    TRANSFER = "transfer", _("Sent to the government")
    STATE_COUNCIL = "state_council", _("State Council")
    PROMULGATION = "promulgation", _("Promulgated")
    ENFORCEMENT = "enforcement", _("In force")


class LineKind(models.TextChoices):
    """What an amount stands for; only levels are summed."""

    LEVEL = "level", _("Amount of a fiscal year")
    COMMITMENT = "commitment", _("Commitment over years, compared and never added")
    BREAKDOWN = "breakdown", _("Part of another amount, never added to it")


# The same where there is little room.
KINDS_IN_SHORT = {
    LineKind.LEVEL: _("Yearly amount"),
    LineKind.COMMITMENT: _("Promise over years"),
    LineKind.BREAKDOWN: _("Part of another"),
}


class Bound(models.TextChoices):
    EXACT = "exact", _("Exactly")
    AT_LEAST = "at_least", _("At least")


class DatePrecision(models.TextChoices):
    """How exact the source is; a month, half-year or year stands as its last day."""

    DAY = "day", _("Day")
    MONTH = "month", _("Month")
    HALF = "half", _("Half-year")
    YEAR = "year", _("Year")


class Slice(models.TextChoices):
    """What a figure is cut by."""

    STRATEGY = "strategy", _("Strategy")
    TASK = "task", _("Strategic task")
    MEASURE = "measure", _("Measure")
    MINISTRY = "ministry", _("Ministry")
    REGION = "region", _("Region")
    TECHNOLOGY = "technology", _("Technology")
    TASK_MINISTRY = "task_ministry", _("Strategic task × ministry")
    TASK_REGION = "task_region", _("Strategic task × region")


class PartKind(models.TextChoices):
    """What a part of a figure is: figures below it, milestones, units that a node keeps; what a page leaves out."""

    TASK = "task", _("Strategic task")
    MEASURE = "measure", _("Measure")
    MILESTONE = "milestone", _("Milestone")
    KEPT = "kept", _("Unplanned")
    REST = "rest", _("The rest")


class LeftOut(models.TextChoices):
    """Why a figure leaves out what its reader sees, or takes it in only in part."""

    CANCELLED = "cancelled", _("Cancelled: in no figure")
    SUPERSEDED = "superseded", _("Superseded by another measure: in no figure, with all below it")
    OUT_OF_SCOPE = "out_of_scope", _("Taken out of the plan: in no figure, with all below it")
    WEIGHTLESS = "weightless", _("Weight 0: shown and not counted")
    UNPLANNED = "unplanned", _("Nothing with a weight is planned below it: its weight adds nothing")
    UNDATED = "undated", _("Without a due date: outside plan and schedule index")
    UNREPORTED = "unreported", _("Not reported: adds nothing, so progress is “at least”")


class LightTest(models.TextChoices):
    """The tests that decide a computed light, in the order in which they are asked."""

    NOTHING_TO_COMPARE = "nothing_to_compare", _("Nothing is planned up to this date, and nothing is late")
    INDEX_BELOW_RED = "index_below_red", _("The schedule index is below the red threshold")
    OVERDUE_ABOVE_RED = "overdue_above_red", _("The overdue share is above the red threshold")
    TOO_LITTLE_COMPARED = (
        "too_little_compared",
        _("Less than half of what should be done by this day has a report"),
    )
    INDEX_BELOW_AMBER = "index_below_amber", _("The schedule index is below the amber threshold")
    OVERDUE_ABOVE_AMBER = "overdue_above_amber", _("The overdue share is above the amber threshold")
    NOTHING_WRONG = "nothing_wrong", _("None of the tests before")
