"""What can be imported: one declaration for each noun (see common/imports)."""

from tasks.imports.budgets import BudgetEntries
from tasks.imports.indicators import Observations

BUDGET = BudgetEntries()
OBSERVATIONS = Observations()

__all__ = ["BUDGET", "OBSERVATIONS"]
