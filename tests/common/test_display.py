"""The tags and filters that templates use: what is not known, what is told besides colour, and no inline style."""

import datetime as dt
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from common import badges, charts, gallery
from common.templatetags import display


def render(source: str, **context) -> str:
    return Template(source).render(Context(context))


def test_nothing_known_is_a_dash_with_its_reason_and_zero_is_a_value():
    assert 'title="not reported"' in render('{{ x|bp_percent:"not reported" }}', x=None)
    assert render("{{ x|dash }}", x=0) == "0"


def test_money_carries_its_exact_figure():
    with override("ko"):
        shown = render("{{ x|won }}", x=3_740_000_000_000)
    assert 'title="3,740,000,000,000원"' in shown
    assert ">3조 7,400억 원<" in shown


@pytest.mark.parametrize(
    "light", ["green", "amber", "red", "none", "no_data", "overdue", "at_risk", "due_soon", "on_track"]
)
def test_a_light_has_shape_and_word(light):
    with override("en"):
        badge = display.light_badge(light, compact=True)
        word = str(badges.light(light).label)
    assert "<svg" in badge
    assert f">{word}<" in badge


def test_a_progress_bar_says_its_figures_and_draws_nothing_for_nothing():
    with override("en"):
        assert 'aria-label="Actual 71.4%, Plan 78.0%"' in display.progress_bar(7140, 7800)
        assert "bar-fill" not in display.progress_bar(None, 7800)
        assert "bar-plan" in display.progress_bar(7140, 7800)
        assert "bar-plan" not in display.progress_bar(7140, 0), "nothing is planned yet"


def test_what_is_escaped_stays_escaped():
    assert "<b>" not in display.state_badge("planned", "<b>")
    assert "<b>" not in display.dash(None, "<b>")


def test_a_due_date_counts_days():
    today = dt.date(2026, 11, 22)
    with override("ko"):
        assert "D+12" in display.late_days(dt.date(2026, 11, 10), today)
        assert "D-8" in display.late_days_short(dt.date(2026, 11, 30), today)
    with override("en"):
        assert "12 days late" in display.late_days(dt.date(2026, 11, 10), today)
        assert "8 d left" in display.late_days_short(dt.date(2026, 11, 30), today)


def test_the_gallery_renders_in_both_languages_without_inline_style_or_script():
    for language in ("ko", "en"):
        with override(language):
            request = RequestFactory().get("/styleguide/")
            request.user = AnonymousUser()
            page = gallery.styleguide(request).content.decode()
        assert " style=" not in page
        assert "<style" not in page
        assert "<script>" not in page
        assert "onclick" not in page


def test_a_chart_and_its_table_say_the_same():
    spec = gallery.context()["charts"]["budget"]
    rows = display.chart_rows(spec)
    assert [row["head"] for row in rows] == spec["x"]
    assert rows[0]["cells"][0][0] == str(spec["series"][0]["data"][0])
    assert rows[-1]["cells"][-1][0] == ""


@pytest.mark.parametrize(
    ("before", "causes", "after", "start"),
    [(6190, [], 6190, 5000), (6820, [-60, -110, 490], 7140, 5000), (470, [5720], 6190, 0), (0, [100], 100, 0)],
)
def test_the_axis_of_a_waterfall_is_cut_only_under_bars_that_are_all_long(before, causes, after, start):
    steps = [{"value": value} for value in causes]
    assert charts.axis_start([{"value": before, "total": True}, *steps, {"value": after, "total": True}]) == start


def test_a_cut_axis_is_told():
    with override("en"):
        assert display.chart_start({"min": 5000, "unit": "bp"}) == "50.0%"
        assert display.chart_start({"min": 0, "unit": "bp"}) == ""


def test_a_line_of_dates_shows_two_on_one_day_and_its_legend_what_is_drawn():
    due, today = dt.date(2026, 3, 31), dt.date(2026, 11, 30)
    with override("en"):
        drawn, legend = display.date_line(due, due, today=today).split("<dl>")
    for part in (drawn, legend):
        sizes = [
            re.search(rf'mark-{kind}">.*?<circle[^>]* r="(\d+)"', part).group(1) for kind in ("baseline", "current")
        ]
        assert int(sizes[0]) > int(sizes[1])
        assert re.search(r'mark-today">(<dt><svg[^>]*>)?<line', part)
