"""The schedule against the brute force of `reference`, and the few things that a property does not say."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.schedule import Link, Schedule, Step
from tests.schedule.reference import Dated, Ends, Model

TODAY = date(2026, 12, 1)
NAMES = "abcdefg"
days = st.integers(-40, 40).map(lambda offset: TODAY + timedelta(days=offset))
milestones = st.one_of(
    st.builds(Dated, completed_on=days, current_due=st.none() | days),
    st.builds(Dated, forecast=st.none() | days, current_due=st.none() | days),
)
# Forwards in the alphabet, so that no loop closes; the ids below run the other way.
links = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from((-20, -1, 0, 0, 1, 15))).filter(
        lambda ends: ends[0] < ends[1]
    ),
    max_size=9,
    unique_by=lambda ends: ends[:2],
)
cases = st.tuples(st.fixed_dictionaries(dict.fromkeys(NAMES, milestones)), links)
groups = st.sets(st.sampled_from(NAMES), min_size=1, max_size=3)
Case = tuple[dict[str, Dated], list[Ends]]


def number(name: str) -> int:
    return 100 - NAMES.index(name)


def scheduled(case: Case, day: date = TODAY) -> Schedule:
    """The last first, so that their order must be found."""
    steps = (Step(number(n), m.completed_on, m.forecast, m.current_due) for n, m in reversed(case[0].items()))
    return Schedule(day, steps, [Link(number(a), number(b), lag) for a, b, lag in case[1]])


@given(cases)
def test_the_earliest_date_is_that_of_the_longest_path(case: Case) -> None:
    found, model = scheduled(case), Model(TODAY, *case)
    for name, milestone in case[0].items():
        earliest = model.earliest(name)
        assert found.earliest_end(number(name)) == earliest, name
        known = earliest and milestone.current_due and not milestone.completed_on
        assert found.slack_days(number(name)) == ((milestone.current_due - earliest).days if known else None)


@given(cases)
def test_the_driver_decides_and_its_chain_ends_where_nothing_drives(case: Case) -> None:
    found, model = scheduled(case), Model(TODAY, *case)
    for name, milestone in case[0].items():
        holding = {
            number(before): earliest + timedelta(days=lag)
            for before, after, lag in model.links
            if after == name and (earliest := model.earliest(before))
        }
        driver, earliest = found.driver(number(name)), model.earliest(name)
        own = model.own(name)
        decided = [key for key, day in holding.items() if day == earliest and day >= (own or TODAY)]
        assert driver == min(decided, default=None)
        chain = found.chain(number(name))
        assert chain == ([driver, *found.chain(driver)] if driver else [])
        assert milestone.completed_on is None or not chain


@given(cases)
def test_critical_is_what_leaves_those_that_wait_no_day(case: Case) -> None:
    found, model = scheduled(case), Model(TODAY, *case)
    for name, milestone in case[0].items():
        latest, earliest = model.needed(name, set(NAMES)), model.earliest(name)
        assert found.latest_end(number(name)) == latest
        no_day = milestone.completed_on is None and latest is not None and earliest is not None and earliest >= latest
        assert found.is_critical(number(name)) == no_day


@given(cases, groups)
def test_what_waits_for_a_group_and_until_when_it_keeps_that(case: Case, group: set[str]) -> None:
    found, model = scheduled(case).waiting(map(number, group)), Model(TODAY, *case)
    starts = {name for name in group if not case[0][name].completed_on}
    for name in NAMES:
        paths = [path for start in starts for path in model.paths(start, name)]
        assert (number(name) in found) == (bool(paths) and name not in group)
        if wait := found.get(number(name)):
            due, until = case[0][name].current_due, model.until(starts, name)
            assert wait.until == until, name
            assert wait.slack_days == ((due - until).days if due and until else None)
            assert wait.is_direct == any(len(path) == 1 for path in paths)


@given(cases, groups)
def test_what_a_group_waits_for_and_by_when_it_needs_that(case: Case, group: set[str]) -> None:
    found, model = scheduled(case).waits_for(map(number, group)), Model(TODAY, *case)
    for name in NAMES:
        paths = [path for goal in group for path in model.paths(name, goal)]
        assert (number(name) in found) == (bool(paths) and name not in group)
        if wait := found.get(number(name)):
            needed, earliest = model.needed(name, group), model.earliest(name)
            assert wait.until == needed, name
            assert wait.slack_days == ((needed - earliest).days if needed and earliest else None)
            assert wait.is_direct == any(len(path) == 1 for path in paths)


@given(cases, groups)
def test_the_critical_path_of_a_group_is_the_longest_chain_to_its_latest_end(case: Case, group: set[str]) -> None:
    found, model = scheduled(case), Model(TODAY, *case)
    path = found.critical_path(map(number, group))
    ends = {name: day for name in group if not case[0][name].completed_on and (day := model.earliest(name))}
    if not ends:
        assert path == []
        return
    last = [number(name) for name, day in ends.items() if day == max(ends.values())]
    assert path[0] in last
    assert len(path) == max(1 + len(found.chain(key)) for key in last)
    assert path[1:] == found.chain(path[0])


@given(cases)
def test_late_by_others_is_what_a_predecessor_keeps_beyond_its_due_date(case: Case) -> None:
    found, model = scheduled(case), Model(TODAY, *case)
    late = set()
    for before, after, lag in model.links:
        earliest, due = model.earliest(before), case[0][after].current_due
        if earliest and due and earliest + timedelta(days=lag) > due:
            late.add(number(after))
    assert set(found.late_by_others()) == late


@given(cases, st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), min_size=1, max_size=4))
def test_a_loop_is_named_and_its_links_are_not_followed(case: Case, back: list[tuple[str, str]]) -> None:
    known = {ends[:2] for ends in case[1]}
    loose = (case[0], [*case[1], *((a, b, 0) for a, b in dict.fromkeys(back) if a != b and (a, b) not in known)])
    found, model = scheduled(loose), Model(TODAY, *loose)
    after = {name: {b for a, b, _lag in model.links if a == name} for name in NAMES}
    looped = {name for name in NAMES if name in _beyond(name, after)}
    between = {
        name for name in NAMES if looped & _beyond(name, after) and any(name in _beyond(x, after) for x in looped)
    }
    assert found.in_loop == {number(name) for name in looped | between}
    rest = [(a, b, lag) for a, b, lag in loose[1] if not {a, b} <= looped | between]
    same = scheduled((loose[0], rest))
    for name in NAMES:
        assert found.earliest_end(number(name)) == same.earliest_end(number(name))
        assert found.waiting([number(name)]) == same.waiting([number(name)])


def _beyond(name: str, after: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    front = [name]
    while front:
        fresh = after[front.pop()] - found
        found |= fresh
        front += fresh
    return found


@given(cases, st.data())
def test_what_is_hidden_changes_nothing_for_who_does_not_see_it(case: Case, data: st.DataObject) -> None:
    """A schedule is made of what a reader sees; leaving rows out is as if they did not exist."""
    hidden = data.draw(groups)
    seen = {name: milestone for name, milestone in case[0].items() if name not in hidden}
    without = (seen, [ends for ends in case[1] if not hidden & set(ends[:2])])
    steps = [Step(number(n), m.completed_on, m.forecast, m.current_due) for n, m in seen.items()]
    dangling = Schedule(TODAY, steps, [Link(number(a), number(b), lag) for a, b, lag in case[1]])
    for name in seen:
        key = number(name)
        for schedule in (scheduled(without),):
            assert dangling.earliest_end(key) == schedule.earliest_end(key)
            assert dangling.waiting([key]) == schedule.waiting([key])
            assert dangling.waits_for([key]) == schedule.waits_for([key])


def test_a_chain_beyond_the_calendar_ends_on_its_last_day() -> None:
    steps = [Step(key, None, None, TODAY) for key in range(1200)]
    found = Schedule(TODAY, steps, [Link(key, key + 1, 3650) for key in range(1199)])
    assert found.earliest_end(1199) == date.max
    assert found.slack_days(1199) == -1199 * 3650
    assert len(found.chain(1199)) == 1199


@pytest.mark.parametrize("size", [50_000])
def test_a_very_long_chain_and_a_very_long_loop_are_no_trouble(size: int) -> None:
    """They would exhaust what recurses, and what looks at every pair would not end."""
    steps = [Step(key, None, None, TODAY) for key in range(size)]
    chain: list[Any] = [Link(key, key + 1, 0) for key in range(size - 1)]
    found = Schedule(TODAY, steps, chain)
    assert len(found.waiting([0])) == len(found.waits_for([size - 1])) == len(found.chain(size - 1)) == size - 1
    looped = Schedule(TODAY, steps, [*chain, Link(size - 1, 0, 0)])
    assert len(looped.in_loop) == size
    assert looped.earliest_end(5) == TODAY
    assert looped.waiting([5]) == {}


def test_of_several_latest_ends_the_longest_chain_is_the_critical_path() -> None:
    steps = [Step(key, None, None, TODAY if key == 3 else None) for key in range(1, 6)]
    found = Schedule(TODAY, steps, [Link(3, 1, 9), Link(3, 4, 4), Link(4, 5, 5)])
    assert found.critical_path([1, 2, 5]) == [5, 4, 3]
    assert found.critical_path([1]) == [1, 3]
    assert found.critical_path([2]) == []


def test_what_waits_behind_a_loop_still_follows_what_is_on_it() -> None:
    steps = [Step(key, None, None, TODAY + timedelta(days=10 * key)) for key in (1, 2, 3, 4)]
    found = Schedule(TODAY, steps, [Link(4, 3, 0), Link(3, 4, 0), Link(4, 2, 7), Link(2, 1, 0)])
    assert found.in_loop == {3, 4}
    assert [found.earliest_end(key) for key in (1, 2)] == [TODAY + timedelta(days=47)] * 2


def test_a_date_is_known_no_more_exactly_than_the_one_that_it_follows_from() -> None:
    year, half = date(2030, 12, 31), date(2028, 6, 30)
    steps = [
        Step(1, None, None, year, due_precision="year"),
        Step(2, None, None, half, due_precision="half"),
        Step(3, None, date(2029, 1, 1), half, due_precision="half"),
        Step(4, None, None, date(2024, 12, 31), due_precision="year"),
        Step(5, date(2025, 5, 31), None, None, completed_precision="month"),
        Step(6, None, None, None),
    ]
    found = Schedule(TODAY, steps, [Link(1, 2, 0), Link(5, 6, 900)])
    precisions = {key: found.earliest_precision(key) for key in range(1, 8)}
    assert precisions == {1: "year", 2: "year", 3: "day", 4: "day", 5: "month", 6: "about", 7: ""}
    assert found.waiting([1])[2].precision == "year"
    assert found.waits_for([2])[1].precision == "half"
