"""Loads ministries, their successors and their offices; what is there already is left alone."""

from accounts.models import Ministry, MinistrySuccession, Office
from common import history
from common.seeds import load_rows, provenance, texts

CONFIDENCES = ("name_ko_confidence", "name_en_confidence", "short_ko_confidence")


def load_ministries() -> None:
    with history.context(actor=None, verb="ministry.seeded"):
        rows = load_rows("accounts", "ministries")
        known = set(Ministry.objects.values_list("key", flat=True))
        for row in rows:
            if row["key"] not in known:
                _create_ministry(row)
        ministries = {ministry.key: ministry for ministry in Ministry.objects.all()}
        for row in rows:
            if row["key"] not in known:
                _create_successions(row, ministries)
        _create_offices(ministries)


def _create_ministry(row: dict) -> None:
    Ministry.objects.create(
        key=row["key"],
        code=row["code"],
        short_ko=row["abbr_ko"] or "",
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        **texts(row, "name"),
        **{name: row.get(name, "") for name in CONFIDENCES},
        **provenance(row),
    )


def _create_successions(row: dict, ministries: dict[str, Ministry]) -> None:
    """The first successor listed takes over what no other scope names."""
    for position, successor in enumerate(row["successors"]):
        MinistrySuccession.objects.create(
            predecessor=ministries[row["key"]],
            successor=ministries[successor["key"]],
            starts_on=successor["from"],
            function=successor["function"],
            is_main=position == 0,
            **texts(successor, "scope"),
            **provenance(row),
        )


def _create_offices(ministries: dict[str, Ministry]) -> None:
    known = set(Office.objects.values_list("key", flat=True))
    for row in load_rows("accounts", "offices"):
        if row["key"] in known:
            continue
        Office.objects.create(
            key=row["key"],
            ministry=ministries.get(row["ministry"]),
            valid_from=row["valid_from"],
            valid_to=row["valid_to"],
            **texts(row, "name", "role"),
            **provenance(row),
        )
