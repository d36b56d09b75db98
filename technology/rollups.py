"""The money line of a research programme: the path to its promise beside what was announced and executed."""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

from common.formats import rounded
from tasks.choices import LineKind, MoneyPhase
from tasks.models import BudgetLine
from tasks.rollups.money import with_levels
from technology.models import ResearchProgramme

PHASES = (MoneyPhase.ANNOUNCED, MoneyPhase.APPROPRIATED, MoneyPhase.EXECUTED)


@dataclass(frozen=True)
class YearOfLine:
    """Whole won, None where nobody published it. `path_won` is what the announced growth asks for."""

    year: int
    path_won: int | None
    announced_won: int | None
    appropriated_won: int | None
    executed_won: int | None

    @property
    def gap_won(self) -> int | None:
        """Announced less path: negative is a shortfall."""
        if self.announced_won is None or self.path_won is None:
            return None
        return self.announced_won - self.path_won


@dataclass(frozen=True)
class ResearchLine:
    programme: ResearchProgramme
    years: tuple[YearOfLine, ...]

    @property
    def announced_won(self) -> int | None:
        """Over the years of which an amount was announced."""
        known = [year.announced_won for year in self.years if year.announced_won is not None]
        return sum(known) if known else None

    @property
    def executed_won(self) -> int | None:
        known = [year.executed_won for year in self.years if year.executed_won is not None]
        return sum(known) if known else None

    @property
    def still_needed_won(self) -> int | None:
        """What the years without an announced amount must bring; never below 0."""
        if self.programme.commitment_won is None or self.announced_won is None:
            return None
        return max(0, self.programme.commitment_won - self.announced_won)


def research_line(programme: ResearchProgramme, *, tier: int) -> ResearchLine:
    """The yearly levels of the programme's own measure that a reader of this tier may see."""
    sums = _sums(programme, tier)
    years = range(programme.first_year, programme.last_year + 1)
    return ResearchLine(programme, tuple(_year(programme, year, sums[year]) for year in years))


def _sums(programme: ResearchProgramme, tier: int) -> dict[int, dict[str, int]]:
    """Only lines of kind `level` count; a commitment or a breakdown would count twice."""
    lines = BudgetLine.objects.within(tier).filter(measure=programme.measure, kind=LineKind.LEVEL)
    sums: dict[int, dict[str, int]] = defaultdict(dict)
    names = [f"level_{phase}" for phase in PHASES]
    for year, *levels in with_levels(lines, PHASES).order_by().values_list("fiscal_year", *names):
        for phase, level in zip(PHASES, levels, strict=True):
            if level is not None:
                sums[year][phase] = sums[year].get(phase, 0) + level
    return sums


def _year(programme: ResearchProgramme, year: int, levels: dict[str, int]) -> YearOfLine:
    announced, appropriated, executed = (levels.get(phase) for phase in PHASES)
    return YearOfLine(year, _path(programme, year), announced, appropriated, executed)


def _path(programme: ResearchProgramme, year: int) -> int | None:
    """Base × (1 + growth)^years, half up to the won; None where no growth was announced."""
    if programme.base_won is None or programme.base_year is None or programme.growth_bp is None:
        return None
    growth = 1 + Fraction(programme.growth_bp, 10_000)
    return int(rounded(programme.base_won * growth ** (year - programme.base_year), 0))
