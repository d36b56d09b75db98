"""The living page of components, served where DEBUG is on and in tests: examples only, no data of the strategy."""

import datetime as dt
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

TODAY = dt.date(2026, 11, 22)
MONTHS = [f"2026-{month:02d}-28" for month in range(1, 13)]


class ExampleForm(forms.Form):
    name = forms.CharField(label="이정표 이름", help_text="한 문장으로 적습니다.")
    due = forms.DateField(label="현재 계획일", widget=forms.DateInput(attrs={"type": "date"}))
    money = forms.CharField(label="예산", help_text="예: 3조 7,400억", required=False)
    state = forms.ChoiceField(
        label="상태", choices=[("planned", "예정"), ("in_progress", "추진 중"), ("completed", "완료")]
    )
    rating = forms.ChoiceField(
        label="평가", choices=[("green", "정상추진"), ("amber", "관심 필요")], widget=forms.RadioSelect
    )
    note = forms.CharField(label="이달 실적", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    evidence = forms.FileField(label="증빙", required=False)
    undated = forms.BooleanField(label="기한 없음", required=False)


class ExampleFilter(forms.Form):
    q = forms.CharField(label="검색어", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    state = forms.ChoiceField(label="상태", required=False, choices=[("", "전체"), ("overdue", "지연")])
    mine = forms.BooleanField(label="내 부서만", required=False)


def _charts() -> dict[str, Any]:
    plan = [800, 1500, 2300, 3100, 3900, 4700, 5500, 6200, 6800, 7400, 7800, 8300]
    actual = [700, 1400, 2100, 2800, 3500, 4300, 5000, 5600, 6200, 6700, 7140, None]
    nothing = [None] * 10
    return {
        "s_curve": {
            "kind": "line",
            "unit": "bp",
            "x": MONTHS,
            "x_type": "date",
            "today": TODAY.isoformat(),
            "series": [
                {"name": "실적", "role": "actual", "data": actual},
                {"name": "계획", "role": "plan", "data": plan},
                {"name": "전망", "role": "forecast", "data": [*nothing, 7140, 7600]},
                {"name": "P80", "role": "band-low", "data": [*nothing, 7140, 7300]},
                {"name": "P50", "role": "band-high", "data": [*nothing, 7140, 7900]},
            ],
        },
        "budget": {
            "kind": "bar",
            "unit": "won",
            "head": "회계연도",
            "x": ["2023", "2024", "2025", "2026"],
            "series": [
                {"name": "발표", "data": [4_900 * 10**9, 5_000 * 10**9, 5_000 * 10**9, 5_050 * 10**9]},
                {"name": "예산", "data": [4_700 * 10**9, 4_600 * 10**9, 5_200 * 10**9, 5_600 * 10**9]},
                {"name": "집행", "data": [4_500 * 10**9, 4_400 * 10**9, 4_900 * 10**9, None]},
            ],
        },
        "moved": {
            "kind": "waterfall",
            "unit": "bp",
            "name": "진도율",
            "min": 5000,
            "items": [
                {"name": "10. 15. 회의", "value": 6820, "total": True},
                {"name": "가중치 조정", "value": -60},
                {"name": "추가", "value": -110},
                {"name": "실적", "value": 490},
                {"name": "11. 22.", "value": 7140, "total": True},
            ],
        },
        "gantt": {
            "kind": "gantt",
            "today": TODAY.isoformat(),
            "items": [
                {"name": "타당성 조사", "start": "2026-01-05", "end": "2026-05-30", "tone": "ok", "state": "완료"},
                {
                    "name": "산업단지계획 승인",
                    "start": "2026-05-01",
                    "end": "2026-11-10",
                    "tone": "bad",
                    "state": "지연",
                },
                {"name": "착공", "start": None, "end": "2027-02-15", "tone": "warn", "state": "지연 우려"},
            ],
        },
        "supply": {
            "kind": "bar",
            "unit": "bp",
            "horizontal": True,
            "head": "품목",
            "x": ["흑연", "희토류", "수산화리튬"],
            "series": [{"name": "의존도", "data": [9300, 7900, 6400]}],
        },
    }


def context() -> dict[str, Any]:
    form = ExampleForm({"name": "", "due": "2026-13-40", "state": "planned"})
    page = Paginator(range(1, 421), 20).page(7)
    return {
        "today": TODAY,
        "form": form,
        "filters": ExampleFilter(),
        "page": page,
        "charts": _charts(),
        "trend": [5100, 5300, None, 5900, 6200, 6500, 6700, 7140],
        "dates": {"baseline": dt.date(2026, 6, 30), "current": dt.date(2026, 9, 30), "forecast": dt.date(2027, 1, 15)},
        "won": 3_740 * 10**9,
        "moment": dt.datetime(2026, 11, 22, 5, 5, tzinfo=dt.UTC),
        "lights": ["green", "amber", "red", "none", "no_data", "on_track", "due_soon", "at_risk", "overdue"],
        "states": ["planned", "in_progress", "completed", "suspended", "cancelled", "submitted", "returned"],
        "changes": [{"label": "현재 계획일", "before": "2026. 9. 30.(수)", "after": "2026. 12. 31.(목)"}],
        "rows": [
            ("T1-1", "한국형 IMEC 설립", "in_progress", "at_risk", 7140, 7800, 3_740 * 10**9, -12),
            ("T3-2", "용인 국가산단 계획 승인", "completed", None, 10_000, 10_000, 128_450_000_000, 0),
            ("T5-1", "투자세액공제 확대", "planned", "overdue", None, 2000, None, 45),
        ],
    }


def styleguide(request: HttpRequest) -> HttpResponse:
    """All components on one page."""
    return render(request, "components/_gallery.html", context())
