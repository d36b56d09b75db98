"""Money of every slice as it is stored: derived from budget entries by fiscal year, never logged."""

from django.db import models

from common.tiers import Tier
from tasks.choices import Slice
from tasks.models.figure import KeptDay
from tasks.models.strategy import Strategy


class MoneyTotals(models.Model):
    """One slice in one tier and fiscal year; `key` as in `Totals`.

    `cells`: whole won of each phase, null where nothing is known; `<phase>_bound`, whether a level of it is a lower
    bound; `executed_of_<base>` and `<base>_of_executed`, of the lines of which both are known.
    """

    strategy = models.ForeignKey(Strategy, models.CASCADE, db_constraint=False, db_index=False)
    tier = models.PositiveSmallIntegerField(choices=Tier)
    slice = models.CharField(max_length=16, choices=Slice)
    key = models.BigIntegerField()
    fiscal_year = models.PositiveSmallIntegerField()
    cells = models.JSONField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.slice} {self.key} {self.fiscal_year} (tier {self.tier})"


class MoneyFigure(MoneyTotals):
    """Of the day of `MoneyPass`, where nothing waits in `money_outbox`; else it is computed for whoever asks."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["strategy", "tier", "slice", "key", "fiscal_year"], name="money_once"),
        ]


class MoneyPass(models.Model):
    """The one row that says which day the stored money is of."""

    as_of = models.DateField()

    def __str__(self) -> str:
        return f"{self.as_of}"


class KeptMoney(MoneyTotals):
    """Of a past day that is kept."""

    day = models.ForeignKey(KeptDay, models.CASCADE, related_name="money", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "strategy", "tier", "slice", "key", "fiscal_year"], name="kept_money_once"
            ),
        ]
