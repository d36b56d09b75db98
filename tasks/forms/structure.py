"""Edits of the tree, one form for each operation: what is typed becomes the values of an edit (actions/edits.py)."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Count
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import Ministry, Office
from common.entry import SOURCE_HINT
from common.forms import CountField, DayField, RowField, SmallCountField
from common.order import in_readers_order
from common.templatetags.display import day_text
from tasks.actions.edits import Values, name_of, nodes_in
from tasks.choices import ENDED, Operation
from tasks.forms.plan import WEIGHT
from tasks.models import Measure, Milestone, StrategicTask, Strategy

PARTS, MOST_PARTS = 3, 10
MOST_WEIGHT = 1_000_000
# More choices than anybody looks through: the code is typed without help, or the list says that it ends.
MANY = 500
CODE = _("Code")
TITLES = {"title_ko": _("Title (Korean)"), "title_en": _("Title (English)")}


def strategy_of(node: Any) -> Strategy:
    if isinstance(node, Strategy):
        return node
    task = node if isinstance(node, StrategicTask) else node.strategic_task if isinstance(node, Measure) else None
    return (task or node.measure.strategic_task).strategy


def weight_field(initial: int = 1) -> CountField:
    return CountField(label=_("Weight"), min_value=0, max_value=MOST_WEIGHT, initial=initial, help_text=WEIGHT)


class Suggested(forms.TextInput):
    """A code to type, with what it may be beside it."""

    def __init__(self, rows: list[tuple[str, str]]) -> None:
        super().__init__({"autocomplete": "off"})
        self.rows = rows

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        given = (attrs or {}) | {"list": f"list-{name}"}
        field = super().render(name, value, given, renderer)
        options = format_html_join("", '<option value="{}">{}</option>', self.rows)
        return format_html('{}<datalist id="list-{}">{}</datalist>', field, name, options)


class OperationForm(forms.Form):
    """Knows the node that the edit is about. `values` gives what the operation takes, of a valid form."""

    operation: Operation
    lede: Any = ""

    def __init__(self, data: Any = None, *, reader: Any, row: Any = None, above: Any = None) -> None:
        super().__init__(data)
        self.reader, self.node = reader, above
        self.strategy = strategy_of(above)
        self.build()

    def build(self) -> None:
        """Add what depends on the node."""

    def values(self) -> Values:
        raise NotImplementedError

    def groups(self) -> Iterator[tuple[Any, list[Any]]]:
        """The fields in parts, each with its head."""
        yield "", list(self)

    def preview(self) -> dict[str, Any]:
        return {}

    def offer_ministries(self, name: str = "ministry", *, required: bool = False, label: Any = None) -> RowField:
        rows = Ministry.objects.visible_to(self.reader).valid(on=timezone.localdate())
        field = RowField(
            in_readers_order(rows), to_field_name="key", required=required, label=label or _("Ministry"),
            empty_label=str(_("Choose") if required else _("Not chosen")),
        )  # fmt: skip
        self.fields[name] = field
        return field

    def suggest(self, kind: str) -> Suggested:
        rows = nodes_in(self.strategy, kind, self.reader).filter(in_scope=True).only("code", "title_ko", "title_en")
        found = list(rows[: MANY + 1])
        return Suggested([(row.code, row.title) for row in found] if len(found) <= MANY else [])

    def add_titles(self, *, prefix: str = "", required: bool = True) -> None:
        code = forms.CharField(label=CODE, max_length=40, required=required)
        self.fields[f"{prefix}code"] = code
        for name, label in TITLES.items():
            self.fields[f"{prefix}{name}"] = forms.CharField(label=label, max_length=300, required=required)


class AddForm(OperationForm):
    """A new node below the one of the page."""

    def build(self) -> None:
        self.add_titles()
        self.fields["weight"] = weight_field()
        ministry = getattr(self.node, "lead_ministry", None)
        is_valid = ministry is not None and ministry.is_valid(timezone.localdate())
        self.offer_ministries().initial = ministry.key if ministry is not None and is_valid else None

    def values(self) -> Values:
        typed = self.cleaned_data
        found = {name: typed[name] for name in ("code", *TITLES, "weight")}
        return found | {"under": name_of(self.node), "ministry": typed["ministry"].key if typed["ministry"] else ""}


class AddMeasureForm(AddForm):
    operation = Operation.ADD_MEASURE


class AddMilestoneForm(AddForm):
    operation = Operation.ADD_MILESTONE

    def build(self) -> None:
        super().build()
        self.fields["start"] = DayField(label=_("Baseline start"), required=False)
        self.fields["due"] = DayField(label=_("Due"), required=False)

    def values(self) -> Values:
        return super().values() | {name: _iso(self.cleaned_data[name]) for name in ("start", "due")}


class MoveForm(OperationForm):
    operation = Operation.MOVE
    lede = _("It keeps its weight, reports and history, and counts where it comes to stand.")

    def build(self) -> None:
        hint = _("Code of the measure below which it comes to stand.")
        if isinstance(self.node, Measure):
            hint = _("Code of the measure below which it comes to stand, or number of the strategic task.")
        self.fields["to"] = forms.CharField(label=_("Move to"), widget=self.suggest("measure"), help_text=hint)

    def values(self) -> Values:
        typed = self.cleaned_data["to"].strip()
        task = None
        if isinstance(self.node, Measure) and typed.isdecimal():
            task = nodes_in(self.strategy, "task", self.reader).filter(number=typed[:4]).first()
        return {"node": name_of(self.node), "to": name_of(task) if task else f"measure:{typed}"}


class SplitForm(OperationForm):
    operation = Operation.SPLIT
    lede = _("The parts stand in its place. It is superseded by them, and keeps its reports and history.")

    def __init__(self, data: Any = None, *, parts: int = PARTS, **given: Any) -> None:
        self.number = max(parts, PARTS)
        super().__init__(data, **given)

    def build(self) -> None:
        for number in range(1, self.number + 1):
            self._add_part(number)
        self.below = self._below()
        choices = [("", _("Choose")), *((str(n), _now("Part %s") % n) for n in range(1, self.number + 1))]
        for row in self.below:
            self.fields[_place(row)] = forms.ChoiceField(label=str(row), choices=choices)

    def _add_part(self, number: int) -> None:
        is_needed, prefix = number <= 2, f"part{number}_"
        self.add_titles(prefix=prefix, required=is_needed)
        self.fields[f"{prefix}code"].initial = f"{self.node.code}-{number}" if is_needed else ""
        if is_needed:
            for name in TITLES:
                self.fields[f"{prefix}{name}"].initial = getattr(self.node, name)
        self.fields[f"{prefix}weight"] = weight_field(self.node.weight if is_needed else 1)
        self.fields[f"{prefix}weight"].required = is_needed
        if isinstance(self.node, Milestone):
            hint = _("Left empty, that of the whole.")
            self.fields[f"{prefix}due"] = DayField(label=_("Due"), required=False, help_text=hint)

    def _below(self) -> list[Any]:
        if isinstance(self.node, Milestone):
            return []
        seen = {kind: nodes_in(self.strategy, kind, self.reader) for kind in ("measure", "milestone")}
        below = [*seen["measure"].filter(parent=self.node, scope="in_scope")]
        return [*below, *seen["milestone"].filter(measure=self.node, in_scope=True)]

    def groups(self) -> Iterator[tuple[Any, list[Any]]]:
        for number in range(1, self.number + 1):
            own = [self[name] for name in self.fields if name.startswith(f"part{number}_")]
            yield _now("Part %s") % number, own
        if self.below:
            yield _now("Where what stands below it goes"), [self[_place(row)] for row in self.below]

    def clean(self) -> Any:
        typed: Any = super().clean()
        for number in range(PARTS, self.number + 1):
            own = {name: typed.get(f"part{number}_{name}") for name in ("code", *TITLES)}
            if any(own.values()):
                for name in (name for name, value in own.items() if not value):
                    self.add_error(f"part{number}_{name}", _now("Fill this in, or leave the whole part empty."))
        return typed

    def values(self) -> Values:
        typed = self.cleaned_data
        parts = {}
        for number in range(1, self.number + 1):
            prefix = f"part{number}_"
            if typed.get(f"{prefix}code"):
                weight = typed[f"{prefix}weight"]
                parts[str(number)] = {name: typed[f"{prefix}{name}"] for name in ("code", *TITLES)} | {
                    "weight": 1 if weight is None else weight,
                    "due": _iso(typed.get(f"{prefix}due")),
                    "takes": [],
                }
        for row in self.below:
            part: Any = parts.get(typed[_place(row)])
            if part is not None:  # else the action says that it goes nowhere
                part["takes"].append(name_of(row))
        return {"node": name_of(self.node), "parts": list(parts.values())}


class MergeForm(OperationForm):
    """Of a strategy: measures, or milestones, that become one."""

    operation = Operation.MERGE
    lede = _(
        "The new one stands where the first stood and takes what stands below them. They are superseded by it, and "
        "keep their reports and history."
    )

    def build(self) -> None:
        hint = _("Of measures, or of milestones; at least two, one per line.")
        area = forms.Textarea(attrs={"rows": 4})
        self.fields["nodes"] = forms.CharField(label=_("Codes of those that become one"), widget=area, help_text=hint)
        self.add_titles()
        self.fields["weight"] = weight_field()
        hint = _("Of milestones. Left empty, the latest of theirs.")
        self.fields["due"] = DayField(label=_("Due"), required=False, help_text=hint)

    def clean_nodes(self) -> list[str]:
        codes = list(dict.fromkeys(self.cleaned_data["nodes"].replace(",", "\n").split()))
        kinds = {
            kind: set(nodes_in(self.strategy, kind, self.reader).filter(code__in=codes).values_list("code", flat=True))
            for kind in ("measure", "milestone")
        }
        kind = max(kinds, key=lambda each: len(kinds[each]))
        if missing := [code for code in codes if code not in kinds[kind]]:
            words = _now("These are not of one kind, or not in this strategy: %s.")
            raise forms.ValidationError(words % ", ".join(missing))
        return [f"{kind}:{code}" for code in codes]

    def values(self) -> Values:
        typed = self.cleaned_data
        found = {name: typed[name] for name in ("nodes", "code", *TITLES, "weight")}
        return found | {"due": _iso(typed["due"])}


class WeightsForm(OperationForm):
    """Of a strategy, a task or a measure: the weights of what stands right below it."""

    operation = Operation.WEIGHTS
    lede = _("A node's part of what stands above it is its weight divided by the sum of all of them.")

    def build(self) -> None:
        self.rows = self._rows()
        total = sum(row.weight for row in self.rows)
        for row in self.rows:
            field = weight_field(row.weight)
            field.label = str(row)
            share = f"{100 * row.weight / total:.1f}%" if total else "–"
            field.help_text = format_lazy("{} {}", _("Its part now:"), share)
            self.fields[_place(row)] = field

    def _rows(self) -> list[Any]:
        seen = {kind: nodes_in(self.strategy, kind, self.reader) for kind in ("task", "measure", "milestone")}
        if isinstance(self.node, Strategy):
            return list(seen["task"])
        if isinstance(self.node, StrategicTask):
            return list(seen["measure"].filter(strategic_task=self.node, parent=None, scope="in_scope")[:MANY])
        below = seen["measure"].filter(parent=self.node, scope="in_scope")
        return [*below[:MANY], *seen["milestone"].filter(measure=self.node, in_scope=True)[:MANY]]

    def values(self) -> Values:
        typed = self.cleaned_data
        return {"weights": {name_of(r): typed[_place(r)] for r in self.rows if typed[_place(r)] != r.weight}}


class CancelForm(OperationForm):
    operation = Operation.CANCEL
    lede = _("It is taken out of the plan, with whatever stands below it, and keeps its reports and history.")

    def values(self) -> Values:
        return {"node": name_of(self.node)}


class SupersedeForm(OperationForm):
    operation = Operation.SUPERSEDE
    lede = _(
        "Another one takes its place. It leaves the plan, with whatever stands below it, and keeps its reports and "
        "history."
    )

    def build(self) -> None:
        self.kind = "measure" if isinstance(self.node, Measure) else "milestone"
        hint = _("Code of what takes its place.")
        self.fields["to"] = forms.CharField(
            label=_("What takes its place"), widget=self.suggest(self.kind), help_text=hint
        )

    def values(self) -> Values:
        return {"node": name_of(self.node), "to": f"{self.kind}:{self.cleaned_data['to'].strip()}"}


class RebaselineForm(OperationForm):
    """Of a milestone, or of those below a measure: a new due date, or a shift by days."""

    operation = Operation.REBASELINE
    lede = _("A new due date is what the plan asks for from now on. Slip is still measured from the baseline.")

    def build(self) -> None:
        self.rows = {str(row.uuid): row for row in self._rows()}
        if not isinstance(self.node, Milestone):
            choices = [(key, f"{row} · {day_text(row.current_due)}") for key, row in self.rows.items()]
            self.fields["milestones"] = forms.MultipleChoiceField(
                label=_("Milestones"), choices=choices, initial=list(self.rows), widget=forms.CheckboxSelectMultiple,
                help_text=_("Those that are open, up to 500."),
            )  # fmt: skip
        hint = _("Later by so many days; a minus for earlier. Or enter one new date below.")
        self.fields["shift"] = SmallCountField(
            label=_("Shift by days"), min_value=-3650, max_value=3650, required=False, help_text=hint
        )
        self.fields["due"] = DayField(label=_("New due date"), required=False)
        self.fields["with_baseline"] = forms.BooleanField(
            label=_("Move the baseline too"), required=False, help_text=_("Then no slip is left from before.")
        )

    def _rows(self) -> list[Any]:
        if isinstance(self.node, Milestone):
            return [self.node]
        rows = nodes_in(self.strategy, "milestone", self.reader).filter(measure__path__contains=[self.node.pk])
        return list(rows.filter(in_scope=True).exclude(state__in=ENDED)[:MANY])

    def clean(self) -> Any:
        typed: Any = super().clean()
        if not self.errors and bool(typed.get("shift")) == bool(typed.get("due")):
            self.add_error("shift", _now("Enter either a shift by days or a new due date."))
        return typed

    def values(self) -> Values:
        typed = self.cleaned_data
        columns = ("current_due", "baseline_start", "baseline_due") if typed["with_baseline"] else ("current_due",)
        dates = {}
        for key in typed.get("milestones", self.rows):
            row = self.rows[key]
            found = {name: self._moved(name, getattr(row, name)) for name in columns}
            new = {name: _iso(day) for name, day in found.items() if day and day != getattr(row, name)}
            if new:
                dates[name_of(row)] = new
        return {"dates": dates}

    def _moved(self, column: str, day: date | None) -> date | None:
        """A shift moves every date that there is; a new due date leaves the start where it was."""
        shift, due = self.cleaned_data["shift"], self.cleaned_data["due"]
        if due:
            return day if column == "baseline_start" else due
        return day + timedelta(shift) if day else None


class AssignForm(OperationForm):
    operation = Operation.ASSIGN

    def build(self) -> None:
        own = self.node.responsible_ministry if isinstance(self.node, Milestone) else self.node.lead_ministry
        self.own = own
        self.offer_ministries(required=True)
        if isinstance(self.node, Milestone):
            rows = Office.objects.visible_to(self.reader).valid(on=timezone.localdate())
            self.fields["office"] = RowField(
                in_readers_order(rows), to_field_name="key", required=False, label=_("Office"),
                empty_label=str(_("Not chosen")),
            )  # fmt: skip
        elif own is not None:
            label = format_lazy(_("Also all below it that {} answers for"), own)
            self.fields["below"] = forms.BooleanField(label=label, required=False)

    def values(self) -> Values:
        typed, nodes = self.cleaned_data, [name_of(self.node)]
        if typed.get("below"):
            nodes += list(map(name_of, answered_by(self.own, self.strategy, self.reader, below=self.node)))
        office = typed.get("office")
        return {"nodes": list(dict.fromkeys(nodes)), "ministry": typed["ministry"].key,
                "office": office.key if office else ""}  # fmt: skip


def answered_counts(strategy: Strategy, reader: Any) -> Counter[int]:
    """How much in scope each ministry answers for, by its id."""
    tasks, measures, milestones = (nodes_in(strategy, kind, reader) for kind in ("task", "measure", "milestone"))
    found: Counter[int] = Counter()
    for rows, column in (
        (tasks, "lead_ministry"),
        (measures.filter(in_scope=True), "lead_ministry"),
        (milestones.filter(in_scope=True).exclude(state__in=ENDED), "responsible_ministry"),
    ):
        named = rows.exclude(**{column: None}).order_by().values_list(column)
        found.update(dict(named.annotate(number=Count("pk"))))
    return found


def answered_by(ministry: Any, strategy: Strategy, reader: Any, *, below: Any = None) -> list[Any]:
    """What in scope a ministry answers for, of a strategy or below a node; no milestone that has ended."""
    seen = {kind: nodes_in(strategy, kind, reader) for kind in ("task", "measure", "milestone")}
    measures = seen["measure"].filter(lead_ministry=ministry, in_scope=True)
    milestones = seen["milestone"].filter(responsible_ministry=ministry, in_scope=True).exclude(state__in=ENDED)
    if below is None:
        return [*seen["task"].filter(lead_ministry=ministry), *measures, *milestones]
    if isinstance(below, StrategicTask):
        return [*measures.filter(strategic_task=below), *milestones.filter(measure__strategic_task=below)]
    return [*measures.filter(path__contains=[below.pk]), *milestones.filter(measure__path__contains=[below.pk])]


class ReassignForm(OperationForm):
    """Of a strategy: what one ministry answers for goes to another."""

    operation = Operation.ASSIGN

    def __init__(self, data: Any = None, *, former: Any = None, **given: Any) -> None:
        self.former = former
        super().__init__(data, **given)

    def build(self) -> None:
        if self.former is None:
            return
        rows = {name_of(row): row for row in answered_by(self.former, self.strategy, self.reader)}
        succession = self.former.successions.order_by("-is_main", "starts_on").first()
        field = self.offer_ministries(required=True, label=_("To the ministry"))
        if succession is not None:
            field.help_text = format_lazy(_("On record as the successor: {}."), succession.successor)
            field.initial = succession.successor.key if succession.successor.is_valid(timezone.localdate()) else None
        choices = [
            (name, f"{row.number}. {row}" if isinstance(row, StrategicTask) else str(row)) for name, row in rows.items()
        ]
        self.fields["nodes"] = forms.MultipleChoiceField(
            label=_("What is handed over"), choices=choices, initial=list(rows),
            widget=forms.CheckboxSelectMultiple,
        )  # fmt: skip

    def clean(self) -> Any:
        if self.former is None:
            raise forms.ValidationError(_now("Choose the ministry that hands over."))
        return super().clean()

    def values(self) -> Values:
        typed = self.cleaned_data
        return {"nodes": typed["nodes"], "ministry": typed["ministry"].key, "office": ""}


class ChangeSetForm(forms.Form):
    """From which day on the edits are in force, why, and where that stands: asked once they are saved."""

    effective_on = DayField(label=_("In force from"))
    reason = forms.CharField(
        label=_("Reason for the change"), widget=forms.Textarea(attrs={"rows": 2}), required=False,
        help_text=_("It is shown in the history beside the change."),
    )  # fmt: skip
    source = forms.CharField(
        label=_("Source"), widget=forms.Textarea(attrs={"rows": 2}), required=False, help_text=SOURCE_HINT
    )

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        for name in ("reason", "source"):
            self.fields[name].is_needed = True  # type: ignore[attr-defined]


def _place(row: Any) -> str:
    """The name of the field of a node."""
    return name_of(row).replace(":", "_", 1)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
