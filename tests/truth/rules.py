"""The rules of truth as pure functions of a page: its HTML and what the view gave to the template."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext, override

from common.entry import FormPage
from common.formats import DASH
from common.tables import Column, Table, follow
from tasks.interfaces import FigureView, Ratio
from tests.truth.html import Node, parse

UNVERIFIED = "unverified"
# A link to a row stands in one of these; the mark stands in the same.
HOLDERS = {"tr", "li", "dd", "article", "p", "caption", "h1", "h2", "h3"}
# 처리완료 의제 is never called a permit that was given.
PERMITTED = re.compile(
    r"허가\s*(?:가|를|등의)?\s*(?:완료|의제|간주)|허가(?:된|한|받은)\s*것으로\s*(?:본|간주)|의제\s*허가"
    r"|deem(?:s|ed|ing)?\s+(?:to\s+be\s+|as\s+)?(?:permit|approv|grant|licen[cs])"
    r"|(?:permit|licen[cs]e)s?\s+(?:is|are|was|were|has\s+been|have\s+been)?\s*(?:deemed|granted|completed)"
    r"|(?:permit|licen[cs]e)\s+by\s+default",
    re.IGNORECASE,
)


@dataclass
class Page:
    name: str
    language: str
    html: Node
    context: dict[str, Any]

    @classmethod
    def of(cls, name: str, language: str, html: str, context: dict[str, Any]) -> "Page":
        return cls(name, language, parse(html), context)

    @cached_property
    def main(self) -> Node:
        return (self.html.all("main") or [self.html])[0]

    def tables(self) -> Iterator[tuple[Table, list[Node]]]:
        """Each table that the view declared, with its rows as they stand on the page."""
        drawn = {node.all("caption")[0].text: node for node in self.html.all("table") if node.all("caption")}
        with override(self.language):
            for table in _deep(self.context, Table):
                node = drawn.get(" ".join(str(table.caption).split()))
                if node is not None:
                    body = [row for row in node.all("tr") if row.parent.tag != "thead" and not row.has("row-part")]
                    yield table, body

    @cached_property
    def cells(self) -> list[tuple[Column, Any, Node, Node]]:
        """(column, row, cell, line) of those tables, and of the facts of a row's page."""
        return list(self._cells())

    def _cells(self) -> Iterator[tuple[Column, Any, Node, Node]]:
        for table, lines in self.tables():
            rows = list(table.rows)
            assert len(rows) == len(lines), f"{self.name}: {table.caption} has {len(rows)} rows, {len(lines)} drawn"
            for row, line in zip(rows, lines, strict=True):
                nodes = [node for node in line.children if isinstance(node, Node)]
                yield from ((column, row, cell, line) for column, cell in zip(table.columns, nodes, strict=False))
        facts = getattr(self.context.get("view"), "facts", ())
        if facts and self.main.all("dl", "facts"):
            drawn = self.main.all("dl", "facts")[0]
            # What every row has (its key, its classification) stands behind them.
            for column, cell in zip(facts, drawn.all("dd"), strict=False):
                yield column, self.context["object"], cell, drawn


def _deep(value: Any, kind: type, depth: int = 0) -> Iterator[Any]:
    if isinstance(value, kind):
        yield value
    elif isinstance(value, dict) and depth < 3:
        for item in value.values():
            yield from _deep(item, kind, depth + 1)
    elif isinstance(value, list | tuple | QuerySet) and depth < 3:
        for item in value:
            yield from _deep(item, kind, depth + 1)


# Nothing known is never 0


def unknown(column: Column, row: Any) -> bool:
    """Whether what the column shows of the row is not known."""
    found = []
    for path in dict.fromkeys((column.value, column.name)):
        try:
            found.append(path(row) if callable(path) else follow(row, path or column.name))
        except AttributeError:
            continue
    return any(_is_unknown(value) for value in found)


def _is_unknown(value: Any) -> bool:
    if isinstance(value, Ratio):
        return value.value is None
    if isinstance(value, FigureView):
        return value.progress.value is None
    if isinstance(value, tuple) and len(value) == 2:
        return value[0] is None
    return value is None


def says_nothing(cell: Node) -> bool:
    """A dash with its reason, or words in its place: never a figure, never a blank.

    What stands `beside` it, a plan or the reason of a light, is known by itself.
    """
    dashes, own = cell.all(css="none"), _without(cell, "beside", "none")
    if cell.all(css="in-cell"):  # a field to type in: what it holds is no figure of the page
        return True
    if dashes:
        return all(node.attrs.get("title") for node in dashes) and not re.search(r"\d", own)
    return bool(own.strip()) and own.strip() != DASH and not re.search(r"\d", own)


def _without(node: Node, *css: str) -> str:
    parts = (
        c if isinstance(c, str) else "" if any(map(c.has, css)) or c.tag == "svg" else _without(c, *css)
        for c in node.children
    )
    return " ".join(parts)


def zeros(page: Page) -> Iterator[str]:
    for column, row, cell, _line in page.cells:
        if unknown(column, row) and not says_nothing(cell):
            yield f"{page.name}: {column.head} of {row} is not known, the page says “{cell.text}”"
    yield from _zero_figures(page)
    yield from _zero_charts(page)
    yield from _zero_facts(page)


def _zero_figures(page: Page) -> Iterator[str]:
    """Cards of figures and of the six tasks."""
    view, money = page.context.get("figure"), page.context.get("money")
    tasks = {f"{task.number}. {task.title}": task for task in page.context.get("tasks") or ()}
    with override(page.language):
        known = {} if view is None else _ratios(view) | _money(money)
        for card in page.main.all("article", "figure"):
            label = card.all(css="figure-label")[0].text
            task = tasks.get(label)
            values = (
                known if task is None else ({} if task.figure is None else _ratios(task.figure)) | _money(task.money)
            )
            pairs = {pair.all("dt")[0].text: pair.all("dd")[0] for pair in card.all("div") if pair.all("dt")}
            first = gettext("Progress") if task else label
            pairs |= {first: card.all(css="figure-value")[0].children[0]}
            for name, node in pairs.items():
                if name in values and values[name] is None and not says_nothing(node):
                    yield f"{page.name}: {label}: {name} is not known, the page says “{node.text}”"


def _ratios(view: FigureView) -> dict[str, Any]:
    return {
        gettext("Progress"): view.progress.value,
        gettext("Coverage"): view.coverage.value,
        gettext("Undated"): view.undated.value,
        gettext("Next due"): view.next_due,
    }


def _money(money: Any) -> dict[str, Any]:
    if not money:
        return {}
    return {
        gettext("Money announced"): money.announced,
        gettext("Announced"): money.announced,
        gettext("Executed"): money.executed,
    }


def _zero_charts(page: Page) -> Iterator[str]:
    specs = [spec for spec in _deep(page.context, dict) if spec.get("kind") and "series" in spec]
    specs += [value for value in page.context.values() if isinstance(value, dict) and "series" in value]
    for spec, node in zip(specs[:1], page.main.all(css="chart-table"), strict=False):
        lines = node.all("tbody")[0].all("tr")
        for i, line in enumerate(lines):
            for series, cell in zip(spec["series"], line.all("td"), strict=True):
                if series["data"][i] is None and (cell.text != DASH or cell.all("data")[0].attrs.get("value")):
                    yield f"{page.name}: chart: {series['name']} of {line.text} is not known"


# Facts of the core's own pages, by their term: where the value stands in the row.
FACTS = {
    "bill": {"Route": "route", "Law number": "law_number", "Ministry": "ministry"},
    "budgetline": {"Ministry": "ministry", "Account": "account"},
    "commitment": {"Deadline": "deadline"},
    "indicator": {"Baseline value": "baseline_value"},
    "measure": {"Lead ministry": "lead_ministry"},
    "milestone": {
        "Counts as done when": "done_when",
        "Baseline": "baseline_due",
        "Responsible ministry": "responsible_ministry",
        "Responsible office": "responsible_office",
    },
    "ministry": {"Exists since": "valid_from", "Exists until": "valid_to"},
}
# Rows of the core's own tables, by the head of the cell.
OF_ROWS = {
    "stages": {"Due": "milestone.current_due", "Completed on": "milestone.completed_on",
               "Statutory or typical days": "step.usual_days"},
    "observations": {"Value": "value", "Method": "method", "Source": "source"},
    "reports": {"Progress": "progress_bp"},
    "measures": {"Coverage": "figure.coverage", "Late": "figure.late", "Lead ministry": "lead_ministry",
                 "Actual | plan": "figure"},
}  # fmt: skip
IDS = {"measures": "measure-tree", "reports": "reports"}


def _zero_facts(page: Page) -> Iterator[str]:
    row = page.context.get("object")
    terms = FACTS.get(row._meta.model_name, {}) if isinstance(row, Model) else {}
    with override(page.language):
        drawn = {dl.all("dt")[0].text: dl.all("dd")[0] for dl in page.main.all("div") if dl.parent.has("facts")}
        for term, path in terms.items():
            node = drawn.get(gettext(term))
            if node is not None and follow(row, path) in (None, "") and not says_nothing(node):
                yield f"{page.name}: {term} is not known, the page says “{node.text}”"
        for name, heads in OF_ROWS.items():
            yield from _zero_rows(page, name, {gettext(head): path for head, path in heads.items()})


def _zero_rows(page: Page, name: str, heads: dict[str, str]) -> Iterator[str]:
    rows = page.context.get(name)
    if not rows or isinstance(rows, Table):
        return
    candidates = [node for node in page.main.all("table") if not IDS.get(name) or node.attrs.get("id") == IDS[name]]
    table = next((node for node in candidates if set(heads) & _labels(node)), None)
    if table is None:
        return
    for row, line in zip(rows, table.all("tbody")[0].all("tr"), strict=True):
        for cell in line.all("td"):
            path = heads.get(cell.attrs.get("data-label", ""))
            if path and (_is_unknown(value := follow(row, path)) or value == "") and not says_nothing(cell):
                yield f"{page.name}: {cell.attrs['data-label']} of {row} is not known, the page says “{cell.text}”"


def _labels(table: Node) -> set[str]:
    return {cell.attrs.get("data-label", "") for cell in table.all("td")}


# What is not verified says so


def unmarked(page: Page, addresses: dict[str, str]) -> Iterator[str]:
    """`addresses`: of every unverified row that has a page of its own, with its name."""
    for column, row, cell, line in page.cells:
        yield from _unmarked_cell(page, column, row, cell, line)
    for link in page.main.all("a"):
        name = addresses.get(link.attrs.get("href", ""))
        holder = link.above(lambda node: node.tag in HOLDERS)
        is_way = link.above(lambda node: node.tag == "nav" or node.has("form-actions")) is not None
        if name and not is_way and (holder is None or not is_marked(holder)):
            yield f"{page.name}: {name} is linked to without its mark"
    if not page.html.all("main") or isinstance(page.context.get("view"), FormPage):
        return  # a part of a page, what it is about stands above it; a form, which asks for the source itself
    own = page.context.get("object")
    if _unsure_names(own) and not any(is_marked(head) for head in page.main.all(css="page-head")):
        yield f"{page.name}: the name of {own} stands above without its mark"
    yield from _unmarked_successions(page)
    needed = [row for row in _listed(page.context) if in_doubt(row)]
    if getattr(own, "confidence", "") == UNVERIFIED:
        needed.append(own)
    if len(needed) > len(page.main.all(css="mark")):
        yield f"{page.name}: {len(needed)} unverified rows ({needed[0]} …), fewer marks"


def in_doubt(row: Any) -> bool:
    """Unverified as a whole: a row of which only a part is (`unsure_of`) is marked where that part stands."""
    return getattr(row, "confidence", "") == UNVERIFIED and not getattr(row, "unsure_of", "")


def _unmarked_cell(page: Page, column: Column, row: Any, cell: Node, line: Node) -> Iterator[str]:
    subjects = [row, getattr(row, "milestone", None)] if not hasattr(row, "confidence") else [row]
    is_unverified = any(getattr(subject, "confidence", "") == UNVERIFIED for subject in subjects)
    if is_unverified and line.tag == "tr" and not is_marked(line):
        yield f"{page.name}: {row} stands without its mark"
    if column.name == "name" and _unsure_names(row) and not is_marked(cell):
        yield f"{page.name}: the name of {row} stands without its mark"
    shown = getattr(row, column.name, None)
    if in_doubt(shown) and not is_marked(cell):
        yield f"{page.name}: {column.head} {shown} stands without its mark"
    for field in (name for name in vars(row) if name.endswith("_confidence")):
        stem = "progress" if field == "standing_confidence" else field.removesuffix("_confidence")
        applies = column.name.startswith(stem) and not column.name.endswith("until") and not cell.all(css="none")
        if applies and getattr(row, field) == UNVERIFIED and not is_marked(cell):
            yield f"{page.name}: {column.head} of {row} stands without its mark"


def _unmarked_successions(page: Page) -> Iterator[str]:
    """Of a ministry, the names of those before and after it."""
    for list_name, other in (("predecessors", "predecessor"), ("successors", "successor")):
        for ministry in (getattr(row, other) for row in page.context.get(list_name) or ()):
            links = [link for link in page.main.all("a") if link.attrs.get("href") == ministry.get_absolute_url()]
            lines = [link.above(lambda node: node.tag == "li") for link in links]
            if _unsure_names(ministry) and not any(line is not None and is_marked(line) for line in lines):
                yield f"{page.name}: the name of {ministry} stands without its mark"


def _unsure_names(row: Any) -> list[str]:
    """Names that say of themselves that they were not checked, in whichever language."""
    fields = ("name_ko_confidence", "name_en_confidence")
    return [field for field in fields if getattr(row, field, "") == UNVERIFIED]


def _listed(context: dict[str, Any]) -> list[Any]:
    """Rows of the core's own lists, which the page draws by itself."""
    names = ("verdicts", "observations", "targets", "entries", "reports", "waits_for", "waited_for_by",
             "predecessors", "successors")  # fmt: skip
    lists = [context.get(name) or () for name in names]
    rows = [row for found in lists for row in getattr(found, "rows", found) if isinstance(row, Model)]
    own = context.get("object")
    named = ("region", "technology", "responsible_office", "responsible_ministry", "lead_ministry", "ministry")
    return rows + [row for name in named if isinstance(row := getattr(own, name, None), Model)]


def is_marked(node: Node) -> bool:
    return any(mark.has("mark-warn") for mark in node.all(css="mark"))


# 처리완료 의제 is not 허가


def permitted(name: str, text: str) -> Iterator[str]:
    for found in PERMITTED.finditer(text):
        # "… deemed completed; that is not a permit granted" says the truth.
        if re.search(r"\b(?:not|never)\b[^.;]{0,30}$", text[: found.start()]):
            continue
        yield f"{name}: …{text[max(0, found.start() - 30) : found.end() + 30]}…"
