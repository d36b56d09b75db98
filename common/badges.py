"""How states, lights, tiers and provenance look: tone, shape and word. The values themselves belong to the apps."""

from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Look:
    """Tone is a CSS suffix: ok, warn, bad, info, mute."""

    tone: str
    label: str | Promise
    shape: str = ""
    hint: str | Promise = ""


_NO_DATA = _("Less than half of what should be done by this day has a report.")
_LIGHTS = {
    "green": Look("ok", _("Green"), "circle"),
    "amber": Look("warn", _("Amber"), "triangle"),
    "red": Look("bad", _("Red"), "square"),
    "none": Look("mute", _("Nothing due yet"), "ring"),
    "no_data": Look("mute", _("Not enough data"), "dashes", _NO_DATA),
    "on_track": Look("ok", _("On track"), "circle"),
    "due_soon": Look("info", _("Due soon"), "diamond"),
    "at_risk": Look("warn", _("At risk"), "triangle"),
    "overdue": Look("bad", _("Overdue"), "square"),
    "low": Look("ok", pgettext_lazy("risk", "Low"), "circle"),
    "medium": Look("info", pgettext_lazy("risk", "Medium"), "diamond"),
    "high": Look("warn", pgettext_lazy("risk", "High"), "triangle"),
    "extreme": Look("bad", pgettext_lazy("risk", "Very high"), "square"),
}
_UNRATED = Look("mute", _("Not rated"), "dashes")

_STATES = {
    "planned": Look("mute", _("Planned")),
    "in_progress": Look("info", _("In progress")),
    "completed": Look("ok", _("Completed")),
    "suspended": Look("warn", _("Suspended")),
    "cancelled": Look("gone", _("Cancelled")),
    "superseded": Look("gone", _("Superseded")),
    "in_scope": Look("info", _("In scope")),
    "draft": Look("mute", _("Draft")),
    "submitted": Look("info", _("Submitted")),
    "accepted": Look("ok", _("Accepted")),
    "returned": Look("warn", _("Returned")),
    "withdrawn": Look("gone", _("Withdrawn")),
    "open": Look("info", _("Under way")),
    "closed": Look("mute", _("Closed")),
    "reopened": Look("warn", _("Reopened")),
    "kept": Look("ok", _("Kept")),
    "partly": Look("warn", _("Partly kept")),
    "late": Look("bad", _("Kept late")),
    "overtaken": Look("mute", _("Overtaken by events")),
    "not_found": Look("mute", _("Nothing found")),
    "occurred": Look("bad", _("Occurred")),
    "mitigated": Look("ok", _("Mitigated")),
    "held": Look("ok", _("Held")),
    "done": Look("ok", _("Done")),
}

_TIERS = {
    2: Look("info", _("Internal")),
    3: Look("bad", _("Restricted")),
}
_TIER_CODES = {"public": 1, "internal": 2, "restricted": 3}

_PROVENANCE = {
    "announced": Look("mute", _("Announced"), hint=_("Stated in the announcement, as reported")),
    "published": Look("mute", _("Published source"), hint=_("Found in a published source")),
    "derived": Look("mute", _("Derived"), hint=_("Computed from published facts")),
    "unverified": Look("warn", _("Unverified"), hint=_("Not yet checked against a published source.")),
    "generated": Look("warn", _("Demonstration"), hint=_("Generated for demonstration")),
}

_SHAPES = {
    "circle": '<circle cx="6" cy="6" r="5"/>',
    "triangle": '<path d="M6 .8 11.6 11H.4z"/>',
    "square": '<rect x="1" y="1" width="10" height="10"/>',
    "diamond": '<path d="M6 .4 11.6 6 6 11.6.4 6z"/>',
    "ring": '<circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" stroke-width="2"/>',
    "dashes": '<path d="M1 5h10v2H1z"/>',
}


def light(value: str | None) -> Look:
    return _UNRATED if not value else _LIGHTS.get(_key(value)) or Look("mute", str(value), "ring")


def state(value: str) -> Look:
    return _STATES.get(_key(value)) or Look("mute", str(value))


def tier(value: int | str | None) -> Look | None:
    """None for the public tier."""
    return _TIERS.get(_TIER_CODES.get(value, 0) if isinstance(value, str) else int(value or 0))


def provenance(value: str | None) -> Look | None:
    """None for what a ministry reported here: that is the ordinary case."""
    return _PROVENANCE.get(str(value or ""))


@cache
def shape(name: str) -> SafeString:
    """The shape of a light, in the colour of the text around it."""
    drawn = mark_safe(_SHAPES.get(name, ""))  # noqa: S308 - constants above
    return format_html('<svg class="shape" viewBox="0 0 12 12" aria-hidden="true">{}</svg>', drawn)


def _key(value: str) -> str:
    return str(value).lower().replace("-", "_").replace(" ", "_")
