"""What can be imported: one declaration for each noun (see common/imports)."""

from tasks.imports.budgets import BudgetEntries
from tasks.imports.indicators import Observations
from tasks.imports.plan import PlanRows
from tasks.imports.reports import Reports

BUDGET = BudgetEntries()
OBSERVATIONS = Observations()
PLAN = PlanRows()
REPORTS = Reports()

__all__ = ["BUDGET", "OBSERVATIONS", "PLAN", "REPORTS"]
