"""An edit of a change set in words: what the operation does to which nodes."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from common.records import known_day
from tasks.actions.edits import Values
from tasks.choices import Operation

SHOWN = 6


def edit_words(edit: dict[str, Any]) -> str:
    """`T1-2 → T2-1`; of many nodes the first, and how many more."""
    return _WORDS[edit["operation"]](edit["values"])


def _code(name: str) -> str:
    return name.partition(":")[2]


def _listed(words: list[str]) -> str:
    left = len(words) - SHOWN
    more = f" {_('and %(count)s more') % {'count': left}}" if left > 0 else ""
    return ", ".join(words[:SHOWN]) + more


def _added(values: Values) -> str:
    words = {"code": values["code"], "title": values["title_ko"], "above": _code(values["under"])}
    return f"{_('%(code)s %(title)s, below %(above)s') % words}, {_weight(values)}"


def _weight(values: Values) -> str:
    return _("weight %s") % f"{values['weight']:,}"


def _moved(values: Values) -> str:
    return f"{_code(values['node'])} → {_code(values['to'])}"


def _split(values: Values) -> str:
    parts = [f"{part['code']} ({_weight(part)})" for part in values["parts"]]
    return f"{_code(values['node'])} → {_listed(parts)}"


def _merged(values: Values) -> str:
    return f"{_listed([_code(name) for name in values['nodes']])} → {values['code']} ({_weight(values)})"


def _weighed(values: Values) -> str:
    return _listed([f"{_code(name)} → {weight:,}" for name, weight in values["weights"].items()])


def _cancelled(values: Values) -> str:
    return _code(values["node"])


def _dated(values: Values) -> str:
    return _listed(
        [
            f"{_code(name)} → {known_day(date.fromisoformat(dates['current_due']))}"
            for name, dates in values["dates"].items()
            if "current_due" in dates
        ]
    )


def _assigned(values: Values) -> str:
    to = values["office"] or values["ministry"]
    return f"{_listed([_code(name) for name in values['nodes']])} → {to}"


_WORDS = {
    Operation.ADD_MEASURE: _added,
    Operation.ADD_MILESTONE: _added,
    Operation.MOVE: _moved,
    Operation.SPLIT: _split,
    Operation.MERGE: _merged,
    Operation.WEIGHTS: _weighed,
    Operation.CANCEL: _cancelled,
    Operation.SUPERSEDE: _moved,
    Operation.REBASELINE: _dated,
    Operation.ASSIGN: _assigned,
}
