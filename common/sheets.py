"""A list page as what a file of it holds: its columns, what to match rows by, where they come from, what to know."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.db.models import Model
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common import about, past
from common.exports import Sheet
from common.records import local_source
from common.tables import Column
from common.tiers import Tier, clearance_of

CHUNK = 1000
# What a row is matched by when it comes back.
KEYS = (Column("code", gettext_lazy("Code")), Column("key", gettext_lazy("Key")), Column("slug", gettext_lazy("Key")))
TIER = Column(
    "tier", gettext_lazy("Classification"), lambda row: Tier(row.effective_tier).label if row.effective_tier else None
)
SOURCES = (
    Column("confidence", gettext_lazy("How sure"), "get_confidence_display"),
    Column("source", gettext_lazy("Source"), lambda row: local_source(row.source)),
    Column("source_note", gettext_lazy("Note on the source")),
)
ID = Column("id", gettext_lazy("ID"), lambda row: str(row.uuid))


def columns_of(model: type[Model], shown: Sequence[Column]) -> list[Column]:
    """What the page shows, each with what it tells beside it; first what to match by, last where it comes from."""
    names, fields = {column.name for column in shown}, {field.name for field in model._meta.get_fields()}
    keys = [column for column in KEYS if column.name in fields and column.name not in names]
    seen = [part for column in shown for part in (column, *column.beside)]
    tier = [TIER] if hasattr(model, "effective_tier") else []
    sources = [column for column in SOURCES if column.name in fields and column.name not in names]
    return [*keys, *seen, *tier, *sources, ID]


def sheet_of(page: Any) -> Sheet:
    """The whole list behind a page; `page` is a ListPage."""
    columns = columns_of(page.model, page.columns)
    with translation.override("en"):
        name = slugify(str(page.model._meta.verbose_name_plural))
    rows = _rows(page, columns, translation.get_language(), past.current())
    return Sheet(page.get_title(), name, [column.written_head() for column in columns], rows, _about(page))


def _rows(page: Any, columns: list[Column], language: str | None, asked: past.Reading | None) -> Iterator[list[Any]]:
    """In small parts, so that a list of any length needs the memory of one; in the language and of the day asked."""
    with past.again(asked):
        found = (page.rows if asked is None else page.rows_again()).iterator(chunk_size=CHUNK)
        while chunk := list(islice(found, CHUNK)):
            with translation.override(language):
                written = [[column.written(row) for column in columns] for row in page.shown(chunk)]
            yield from written


def _about(page: Any) -> list[tuple[str, str]]:
    return [
        (_("List"), page.get_title()),
        (_("As of"), about.as_of()),
        (_("Rows"), f"{page.rows.count():,}"),
        (_("Filters"), "\n".join(chip.label for chip in page.chips) or _("None: every row that you may see.")),
        (_("Order"), _order(page)),
        (_("Address"), page.request.build_absolute_uri()),
        (_("Read as"), _("up to “%s”: what is classified higher is not in it.") % _tier(page.request.user)),
        (_("Source"), _("Each row names its source. “How sure” says what stands behind it.")),
        (_("Unverified"), _("“Not verified”: not yet checked against a published source. Do not quote it as fact.")),
        (_("Empty cells"), _("No data. An empty cell is never 0.")),
        (_("Money"), _("Whole won. Announced, budgeted and executed money are different series and are never added.")),
        (_("Matching"), _("Match rows by code, key or ID, not by title: titles can change.")),
        (_("Licence"), _("Compilation: CC BY 4.0. The pages named as sources keep their own terms.")),
    ]  # fmt: skip


def _order(page: Any) -> str:
    wanted = page.request.GET.get("sort", "")
    heads = {column.name: str(column.head) for column in page.columns if column.order}
    head = heads.get(wanted.removeprefix("-"))
    if head is None:
        return _("The list's own order")
    return _("%s, descending") % head if wanted.startswith("-") else head


def _tier(user: Any) -> str:
    return str(Tier(clearance_of(user)).label)
