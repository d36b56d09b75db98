"""What can be imported: one declaration for each noun (see common/imports)."""

from tasks.imports.budgets import BudgetEntries
from tasks.imports.indicators import Observations
from tasks.imports.plan import PlanRows

BUDGET = BudgetEntries()
OBSERVATIONS = Observations()
PLAN = PlanRows()

__all__ = ["BUDGET", "OBSERVATIONS", "PLAN"]
