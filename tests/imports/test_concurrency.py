"""While rows are being written, nobody enters beside them what the user has not seen."""

import threading
from datetime import date

import pytest
from django.db import OperationalError, connection

from tasks.actions import budgets, imports
from tasks.imports import BUDGET
from tasks.imports.budgets import BudgetEntries
from tasks.models import BudgetEntry
from tasks.permissions import SYSTEM
from tests import furniture
from tests.imports.conftest import book, row, saved


def test_the_lines_of_an_import_are_held_until_it_is_done(committed_db, monkeypatch):
    furniture.furnish()
    user, measure = furniture.users()["coordinator"], furniture.tree().measures.m11
    line = budgets.create_budget_line(
        by=SYSTEM, measure=measure, key="bud-a", fiscal_year=2025, title_ko="예산", title_en="Line"
    )
    upload = imports.keep_upload(BUDGET, by=user, name="x.xlsx", content=saved(book([row()])))
    basis = imports.checked_upload(BUDGET, upload, by=user).basis
    writing, may_go, written = threading.Event(), threading.Event(), BudgetEntries.write

    def slowly(*arguments, **options):
        writing.set()
        assert may_go.wait(30)
        written(*arguments, **options)

    def confirm():
        try:
            imports.confirm_import(BUDGET, by=user, basis=basis)
        finally:
            connection.close()

    monkeypatch.setattr(BudgetEntries, "write", slowly)
    thread = threading.Thread(target=confirm)
    thread.start()
    assert writing.wait(30)
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '200ms'")
    with pytest.raises(OperationalError, match="lock timeout"):
        budgets.record_budget_entry(line, by=SYSTEM, phase="executed", amount_won=7, effective_on=date(2026, 1, 1))
    may_go.set()
    thread.join(30)
    assert list(BudgetEntry.objects.values_list("amount_won", flat=True)) == [1_000]
