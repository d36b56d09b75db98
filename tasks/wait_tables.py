"""Tables of what waits: a milestone with what the schedule says of it."""

from dataclasses import replace
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from common.tables import Column, known_day
from common.templatetags.display import exact_day, instead, state_badge
from tasks.choices import ENDED
from tasks.domain_tables import itself
from tasks.schedule import Waiting
from tasks.templatetags.figures import coded_link, slack


def _state(row: Waiting) -> SafeString:
    return state_badge(row.milestone.state, row.milestone.get_state_display())


def _dated(name: str, head: Any, of: Any) -> Column:
    return Column(
        name, head, itself, lambda row: exact_day(*of(row)), "num", plain=lambda row: known_day(*of(row))
    )  # fmt: skip


def _slack(row: Waiting) -> SafeString:
    has_ended = row.milestone.state in ENDED and row.wait.slack is None
    return instead(None, _("Has ended")) if has_ended else slack(row.wait.slack)


def _way(row: Waiting) -> Any:
    return _("directly") if row.wait.is_direct else _("through others")


_MILESTONE = Column("milestone", _("Milestone"), show=coded_link, kind="wide", is_row_head=True)
_STATE = Column("state", _("State"), itself, _state, plain="milestone.get_state_display")
_DUE = _dated("due", _("Due"), lambda row: (row.milestone.current_due, row.milestone.due_precision))
_EARLIEST = _dated("earliest", _("Earliest date"), lambda row: (row.earliest_end, row.earliest_precision))
_UNTIL = _dated("until", "", lambda row: (row.wait.until, row.wait.precision))
_SLACK = Column("slack", _("Slack"), itself, _slack, "num", plain="wait.slack_days")
_WAY = Column("way", _("How"), _way)

# What waits; the slack is that of its own due date.
WAITING = (_MILESTONE, _STATE, _DUE, replace(_UNTIL, head=_("Kept until")), _SLACK, _WAY)
# What is waited for; the slack is left before one that waits for it misses its due date.
WAITED_FOR = (_MILESTONE, _STATE, _EARLIEST, replace(_UNTIL, head=_("Needed by")), _SLACK, _WAY)
# The steps of a critical path.
PATH = (_MILESTONE, _STATE, _DUE, _EARLIEST, _SLACK)
