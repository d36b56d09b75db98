"""The starter data set: each file against its schema, its references, its dates and the sums its sources state."""

import datetime
import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("accounts", "tasks", "technology", "talent", "clusters", "ecosystem", "investment", "trade")
FILES = sorted(path for folder in FOLDERS for path in (ROOT / folder / "seed").glob("*.yaml"))
ANNOUNCED_ON = "2023-03-15"
TRILLION = 10**12

# field name -> the nouns (file stems) one of which it points into
REFERENCES = {
    "ministry": ("ministries",),
    "lead_ministry": ("ministries",),
    "responsible_ministry": ("ministries",),
    "cooperating_ministries": ("ministries",),
    "announced_by": ("ministries",),
    "agency": ("offices",),
    "task": ("tasks",),
    "measure": ("measures",),
    "measures": ("measures",),
    "region": ("regions",),
    "regions": ("regions",),
    "technology": ("technologies",),
    "legal_list": ("legal_lists",),
    "milestone": ("milestones",),
    "milestones": ("milestones",),
    "phases": ("milestones",),
    "predecessor": ("milestones",),
    "successor": ("milestones",),
    "amended_by": ("milestones",),
    "started_on_milestone": ("milestones",),
    "part_of": ("budgets", "infrastructure_needs", "figures"),
    "budget_entry": ("budgets",),
    "indicator": ("indicators",),
    "bill": ("bills",),
    "programme": ("talent_programmes",),
    "items": ("supply_items",),
    "item": ("supply_items",),
    "lead_project": ("lead_projects",),
    "complex": ("complexes",),
    "complexes": ("complexes",),
    "round": ("designation_rounds",),
    "replaces": ("investment_vehicles",),
    "superseded_by": ("tax_credit_rates",),
}
PARENTS = ("measures", "frameworks")


class UniqueKeyLoader(yaml.SafeLoader):
    """Refuses a mapping that names a field twice, which plain YAML would let pass."""

    def construct_mapping(self, node, deep=False):
        fields = [self.construct_object(key, deep=deep) for key, _ in node.value]
        repeated = {field for field in fields if fields.count(field) > 1}
        assert not repeated, f"field named twice: {repeated} at {node.start_mark}"
        return super().construct_mapping(node, deep=deep)


def as_json(value):
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_json(item) for item in value]
    return value


def load(path):
    return as_json(yaml.load(path.read_text(encoding="utf-8"), Loader=UniqueKeyLoader))


DATA = {path.stem: load(path) for path in FILES}
DATA["figures"] = [figure for programme in DATA["talent_programmes"] for figure in programme["figures"]]
DATA["tasks"] = [task for strategy in DATA["strategy"] for task in strategy["tasks"]]
ROWS = {noun: {row["key"]: row for row in rows} for noun, rows in DATA.items()}


def walk(value):
    """Every mapping inside a value, itself included."""
    if isinstance(value, dict):
        yield value
        for item in value.values():
            yield from walk(item)
    elif isinstance(value, list):
        for item in value:
            yield from walk(item)


def latest_announced(measure, year):
    entries = [
        row
        for row in DATA["budgets"]
        if (row["kind"], row["measure"], row["fiscal_year"], row["phase"]) == ("level", measure, year, "announced")
    ]
    return max(entries, key=lambda row: row["as_of"])["amount_won"]


# --- form ----------------------------------------------------------------------------------------


def test_every_seed_file_is_found():
    assert {path.stem for path in FILES} >= {
        "ministries",
        "offices",
        "strategy",
        "regions",
        "technologies",
        "measures",
        "commitments",
        "milestones",
        "dependencies",
        "budgets",
        "indicators",
        "bills",
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parts[-3]}/{path.name}")
def test_file_fits_its_schema(path):
    schema = json.loads(path.with_suffix(".schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    errors = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(load(path))]
    assert not errors, "\n".join(errors)


def test_every_schema_has_its_file():
    for folder in FOLDERS:
        for schema in (ROOT / folder / "seed").glob("*.schema.json"):
            assert schema.with_name(schema.name.replace(".schema.json", ".yaml")).exists(), schema


@pytest.mark.parametrize("noun", sorted(DATA))
def test_keys_and_codes_are_unique(noun):
    for field in ("key", "code", "number"):
        values = [row[field] for row in DATA[noun] if row.get(field) is not None]
        assert len(values) == len(set(values)), [value for value in values if values.count(value) > 1]


def test_references_resolve():
    unresolved = []
    for noun, rows in DATA.items():
        for row in rows:
            for mapping in walk(row):
                for field, value in mapping.items():
                    nouns = (noun,) if field == "parent" and noun in PARENTS else REFERENCES.get(field)
                    if not nouns or value is None:
                        continue
                    for key in value if isinstance(value, list) else [value]:
                        if not any(key in ROWS[target] for target in nouns):
                            unresolved.append(f"{noun}/{row['key']}.{field} -> {key}")
    for row in DATA["ministries"]:
        unresolved += [
            f"{row['key']} -> {item['key']}" for item in row["successors"] if item["key"] not in ROWS["ministries"]
        ]
    assert not unresolved, "\n".join(unresolved)


def test_bilingual_fields_come_in_pairs():
    for noun, rows in DATA.items():
        for row in rows:
            for mapping in walk(row):
                for field in mapping:
                    if field.endswith("_en") and field not in ("wording_en",):
                        twin = field[:-3] + "_ko"
                        assert (mapping.get(twin) is None) == (mapping[field] is None), f"{noun}/{row['key']}.{field}"
                        if isinstance(mapping[field], list):
                            assert len(mapping[field]) == len(mapping[twin]), f"{noun}/{row['key']}.{field}"


def test_product_text_names_no_private_place():
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        for word in ("../", "/work", "strategy-facts", "memory-"):
            assert word not in text, f"{path}: {word}"


# --- strategy, ministries, measures, commitments --------------------------------------------------


def test_the_announcement_is_whole():
    assert [task["number"] for task in DATA["tasks"]] == [1, 2, 3, 4, 5, 6]
    assert len(DATA["commitments"]) == 18
    assert len(DATA["regions"]) == 17
    assert [row["number"] for row in DATA["technologies"]] == list(range(1, 13))
    assert len({task["weight"] for task in DATA["tasks"]}) == 1


def test_ministries_follow_each_other_without_gap():
    for row in DATA["ministries"]:
        if row["valid_from"] and row["valid_to"]:
            assert row["valid_from"] <= row["valid_to"]
        assert bool(row["successors"]) == (row["valid_to"] is not None), row["key"]
        for successor in row["successors"]:
            day_after = datetime.date.fromisoformat(row["valid_to"]) + datetime.timedelta(days=1)
            assert successor["from"] == day_after.isoformat(), row["key"]
            assert ROWS["ministries"][successor["key"]]["valid_from"] == successor["from"], row["key"]
    assert ROWS["ministries"]["MOTIE"]["valid_to"] == "2025-09-30"
    assert ROWS["ministries"]["MOEF"]["valid_to"] == "2026-01-01"


def stands_on(ministry, day):
    row = ROWS["ministries"][ministry]
    return (row["valid_from"] or "") <= day <= (row["valid_to"] or "9999")


def test_responsible_ministry_stood_on_the_day_of_the_fact():
    for row in DATA["measures"]:
        for ministry in [row["lead_ministry"], *row["cooperating_ministries"]]:
            assert stands_on(ministry, ANNOUNCED_ON), row["key"]
    for row in DATA["milestones"]:
        if row["completed_on"]:
            assert stands_on(row["responsible_ministry"], row["completed_on"]), row["key"]


def test_function_names_a_successor_wherever_the_ministry_was_split():
    for row in DATA["measures"] + DATA["milestones"] + DATA["bills"] + DATA["budgets"]:
        ministry = row.get("lead_ministry") or row.get("responsible_ministry") or row.get("ministry")
        functions = {item["function"] for item in ROWS["ministries"][ministry]["successors"]}
        if row["function"] is not None:
            assert row["function"] in functions, row["key"]


def test_measures_form_a_tree_under_their_task():
    for row in DATA["measures"]:
        assert row["key"] == row["code"]
        assert row["code"].startswith(row["task"] + "-")
        assert row["parent"] == (row["code"].rsplit(".", 1)[0] if "." in row["code"] else None)


def test_every_commitment_has_a_measure_of_its_task_and_a_dated_verdict():
    for row in DATA["commitments"]:
        assert row["measures"]
        assert all(ROWS["measures"][code]["task"] == row["task"] for code in row["measures"])
        assert row["verdict"]["on"] >= ANNOUNCED_ON
        assert row["provenance"]["confidence"] == "announced"


# --- milestones, bills, dependencies ----------------------------------------------------------------


def test_milestone_dates_and_states_agree():
    for row in DATA["milestones"]:
        done = row["state"] == "completed"
        assert (row["completed_on"] is not None) == done, row["key"]
        assert (row["progress"] == 100) == done, row["key"]
        if row["state"] == "planned":
            assert row["progress"] in (None, 0), row["key"]
        if row["baseline_start"]:
            assert row["baseline_due"], row["key"]
            assert row["baseline_start"] <= row["baseline_due"], row["key"]
        assert row["code"].rsplit("-M", 1)[0] == row["measure"], row["key"]


def test_nothing_is_completed_after_the_records_end():
    last = max(row["verdict"]["on"] for row in DATA["commitments"])
    assert all(row["completed_on"] <= last for row in DATA["milestones"] if row["completed_on"])


def test_no_actual_date_was_copied_into_a_plan():
    for row in DATA["milestones"]:
        assert row["completed_on"] is None or row["completed_on"] not in (row["baseline_due"], row["current_due"])
        assert row["current_due"] is None, "no re-baselined plan is on record"


def test_imprecise_dates_hold_the_edge_of_their_period():
    for rows in DATA.values():
        for row in rows:
            for mapping in walk(row):
                for field, kind in mapping.get("precision", {}).items() if "precision" in mapping else ():
                    day = datetime.date.fromisoformat(mapping[field])
                    if field.endswith("_start"):
                        assert day.day == 1 and (kind != "year" or day.month == 1), mapping
                        continue
                    assert (day + datetime.timedelta(days=1)).day == 1, mapping
                    if kind == "half":
                        assert day.month in (6, 12), mapping
                    if kind == "year":
                        assert day.month == 12, mapping


def test_milestones_before_the_announcement_are_not_counted():
    for row in DATA["milestones"]:
        if row["completed_on"] and row["completed_on"] < ANNOUNCED_ON:
            assert row["weight"] == 0, row["key"]


def test_weights_nobody_published_are_equal():
    assert {row["weight"] for row in DATA["measures"]} == {1}
    assert {row["weight"] for row in DATA["milestones"]} <= {0, 1}


def test_dependencies_make_no_loop_and_contradict_no_fact():
    follow = {}
    for row in DATA["dependencies"]:
        follow.setdefault(row["predecessor"], []).append(row["successor"])
        before, after = (ROWS["milestones"][row[end]] for end in ("predecessor", "successor"))
        if before["completed_on"] and after["completed_on"]:
            assert before["completed_on"] <= after["completed_on"], row["key"]
        assert not (after["state"] == "completed" and before["state"] != "completed"), row["key"]

    def visit(key, path):
        assert key not in path, f"loop: {[*path, key]}"
        for successor in follow.get(key, ()):
            visit(successor, [*path, key])

    for key in follow:
        visit(key, [])


def test_bill_stages_stand_in_the_order_of_the_procedure():
    order = ("proposal", "committee", "judiciary", "plenary", "state_council", "promulgation", "enforcement")
    for bill in DATA["bills"]:
        stages = [order.index(item["stage"]) for item in bill["stages"]]
        assert stages == sorted(stages), bill["key"]
        dates = [ROWS["milestones"][item["milestone"]]["completed_on"] for item in bill["stages"]]
        known = [day for day in dates if day]
        assert known == sorted(known), bill["key"]


# --- money and figures the sources state ------------------------------------------------------------


def test_announced_budgets_of_2023_to_2026_sum_to_24_8_trillion():
    years = {year: latest_announced("T1-3.2", year) for year in range(2023, 2027)}
    assert years == {2023: 4_700_000_000_000, 2024: 5_000_000_000_000, 2025: 6_500_000_000_000, 2026: 8_600_000_000_000}
    assert sum(years.values()) == 24_800_000_000_000


def test_the_restatement_of_2025_keeps_both_figures():
    entries = sorted(
        (row["as_of"], row["amount_won"])
        for row in DATA["budgets"]
        if row["kind"] == "level" and row["fiscal_year"] == 2025
    )
    assert entries == [("2025-03-31", 6_400_000_000_000), ("2026-03-13", 6_500_000_000_000)]


def test_commitments_of_money_stand_apart_from_yearly_levels():
    for row in DATA["budgets"]:
        assert (row["kind"] == "breakdown") == (row["part_of"] is not None), row["key"]
        if row["kind"] == "level":
            assert row["fiscal_year"], row["key"]
        if row["kind"] == "commitment":
            assert row["fiscal_year"] is None, row["key"]
        assert row["phase"] == "announced", "no budgeted or executed amount is on record"
    assert ROWS["budgets"]["bud-rd-commitment"]["amount_won"] == 25 * TRILLION


def test_a_breakdown_never_exceeds_its_whole():
    for whole in {row["part_of"] for row in DATA["budgets"] if row["part_of"]}:
        parts = sum(row["amount_won"] for row in DATA["budgets"] if row["part_of"] == whole)
        assert parts <= ROWS["budgets"][whole]["amount_won"], whole


def test_a_budget_line_has_one_level_a_day():
    lines = [
        (row["measure"], row["fiscal_year"], row["ministry"], row["account"], row["phase"], row["as_of"])
        for row in DATA["budgets"]
        if row["kind"] == "level"
    ]
    assert len(lines) == len(set(lines))


def test_announced_investment_in_complexes_sums_to_the_published_totals():
    def total(kind, day):
        return sum(
            row["announced_investment_won"] or 0
            for row in DATA["complexes"]
            if row["kind"] == kind
            and any(
                item["stage"] == "designation" and ROWS["milestones"][item["milestone"]]["completed_on"] == day
                for item in row["stages"]
            )
        )

    assert total("advanced_strategic", "2023-07-20") == 614 * TRILLION
    assert total("sobujang", "2023-07-20") == 6_700_000_000_000


def test_designated_complexes_match_the_indicator():
    designated = [row for row in DATA["complexes"] if row["kind"] == "advanced_strategic"]
    assert len(designated) == max(row["value"] for row in ROWS["indicators"]["ind-nasc-designated"]["observations"])


def test_growth_fund_splits_sum_to_its_size():
    fund = ROWS["investment_vehicles"]["vehicle-growth-fund"]
    assert fund["public_won"] + fund["private_won"] == fund["size_won"]
    by_use = [part["amount_won"] for part in fund["split"] if part["cut"] == "use"]
    assert sum(by_use) == fund["size_won"]


def test_one_tax_rate_applies_on_any_day():
    rates = [row for row in DATA["tax_credit_rates"] if not row["superseded_on"]]
    for row in rates:
        for other in rates:
            if row is not other and all(row[field] == other[field] for field in ("class", "size", "kind")):
                apart = row["invest_from"] > (other["invest_to"] or "9999") or other["invest_from"] > (
                    row["invest_to"] or "9999"
                )
                assert apart, (row["key"], other["key"])


def test_a_tax_row_is_as_sure_as_its_weaker_rate():
    order = ("unverified", "derived", "published", "announced")
    for row in DATA["tax_credit_rates"]:
        weaker = min((row["base_confidence"], row["incremental_confidence"]), key=order.index)
        assert row["provenance"]["confidence"] == weaker, row["key"]


def test_lead_projects_and_their_items_name_each_other():
    named = {(project["key"], item) for project in DATA["lead_projects"] for item in project["items"]}
    assert named == {(row["lead_project"], row["key"]) for row in DATA["supply_items"] if row["lead_project"]}


def test_dependence_has_one_value_per_item_country_year_and_method():
    seen = [(row["item"], row["country"], row["year"], row["method"]) for row in DATA["dependence_observations"]]
    assert len(seen) == len(set(seen))
