"""What can be imported of the ecosystem: one declaration for each noun (see common/imports)."""

from ecosystem.imports.dependence import Dependence

DEPENDENCE = Dependence()

__all__ = ["DEPENDENCE"]
