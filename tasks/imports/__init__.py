"""What can be imported: one declaration for each noun (see common/imports)."""

from tasks.imports.budgets import BudgetEntries
from tasks.imports.indicators import Observations

BUDGET = BudgetEntries()
OBSERVATIONS = Observations()
IMPORTERS = (BUDGET, OBSERVATIONS)

__all__ = ["BUDGET", "IMPORTERS", "OBSERVATIONS"]
