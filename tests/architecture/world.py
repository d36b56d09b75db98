"""One row of every noun in every tier, each text of it carrying the tier's canary; one client for each role."""

import itertools
from datetime import UTC, date, datetime
from typing import Any

from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models
from django.test import Client

from accounts.models import Ministry, User
from common.tiers import Tier
from tasks.models import Change, Measure, Milestone, StrategicTask, Strategy
from tasks.querysets import OpenQuerySet

DAY = date(2024, 1, 31)
# What a generic value would break. A text names a row ("row:") of the same tier, or a stored file.
GIVEN: dict[str, dict[str, Any]] = {
    "tasks.StatusReport": {"verb": "update", "from_state": "planned", "state": "planned", "status": "submitted"},
    "tasks.PlanVersion": {"milestone": "row:tasks.Milestone", "parent": "row:tasks.Measure"},
    "tasks.Dependency": {"successor": "other:tasks.Milestone"},
    "tasks.Assessment": {"measure": "row:tasks.Measure", "kind": "independent", "light": "red"},
    "accounts.Delegation": {"delegate": "other:accounts.User"},
    "tasks.Comment": {"table": "tasks_milestone", "object_id": "pk:tasks.Milestone"},
    "tasks.SavedView": {"path": "/milestones/", "query": "light=overdue", "is_shared": True},
    "tasks.Dispute": {"outcome": "", "answer": ""},
    "tasks.Risk": {"measure": "row:tasks.Measure"},
    "tasks.Decision": {"outcome": ""},
    "tasks.Meeting": {"status": "held"},
    "tasks.Evidence": {"url": "", "stored_as": "file:", "size": 1, "content_type": "application/pdf"},
    "tasks.BudgetLine": {"fiscal_year": 2024},
    "ecosystem.DependenceObservation": {"year": 2024},
    "investment.PermitEvent": {"withdrawn_for": ""},
    "tasks.ReportingPeriod": {"starts_on": date(2024, 1, 1), "due_on": date(2024, 2, 10)},
}


def canary(tier: int) -> str:
    return f"Cnry{tier}x"


class World:
    """Rows by model and tier, made when they are asked for; what anyone may read has the public tier only."""

    def __init__(self) -> None:
        self.numbers = itertools.count(100)
        self.made: dict[tuple[type, int], Any] = {
            (Strategy, Tier.PUBLIC): Strategy.objects.get(),
            (StrategicTask, Tier.PUBLIC): StrategicTask.objects.get(number=1),
            (Ministry, Tier.PUBLIC): Ministry.objects.get(key="MOTIR"),
        }
        for model in nouns():
            for tier in self.tiers(model):
                self.row(model, tier)

    @staticmethod
    def tiers(model: type[models.Model]) -> list[Tier]:
        return [Tier.PUBLIC] if is_open(model) else list(Tier)

    def row(self, model: type[models.Model], tier: int) -> Any:
        tier = Tier.PUBLIC if is_open(model) else tier
        if (model, tier) not in self.made:
            self.made[model, tier] = self._make(model, tier)
        return self.made[model, tier]

    def _make(self, model: type[models.Model], tier: int) -> Any:
        given = {name: self._given(value, tier) for name, value in GIVEN.get(model._meta.label, {}).items()}
        needed = [field for field in model._meta.concrete_fields if _is_needed(field)]
        own, above = _where_hidden(needed, tier)
        values = {f.name: self._value(f, own if f.name == "tier" else above if f.is_relation else tier) for f in needed}
        if model is Milestone:
            values["responsible_ministry"] = self.row(Ministry, tier)
        if model is Measure:
            values["lead_ministry"] = self.row(Ministry, tier)
        row = model._default_manager.create(**values | given)
        row.refresh_from_db()
        return row

    def _given(self, value: Any, tier: int) -> Any:
        kind, _, label = value.partition(":") if isinstance(value, str) else ("", "", "")
        if kind == "row":
            return self.row(apps.get_model(label), tier)
        if kind == "file":
            return default_storage.save(f"evidence/{next(self.numbers)}", ContentFile(canary(tier).encode()))
        if kind == "pk":
            return self.row(apps.get_model(label), tier).pk
        if kind == "other":
            return self._make(apps.get_model(label), tier)
        return value

    def _value(self, field: models.Field, tier: int) -> Any:
        if field.name == "tier":
            return tier
        if field.is_relation:
            return self.row(field.related_model, tier)
        if field.choices:
            return field.flatchoices[0][0]
        if isinstance(field, models.CharField | models.TextField):
            return f"{canary(tier)}{next(self.numbers)}"[: field.max_length or 99]
        if isinstance(field, models.DateTimeField):
            return datetime(2024, 1, 31, tzinfo=UTC)
        if isinstance(field, models.DateField):
            return DAY
        return next(self.numbers) if field.unique else 1


def _where_hidden(fields: list[models.Field], tier: int) -> tuple[int, int]:
    """Own tier, and that of the rows it hangs on: internal by itself, restricted by what stands above it."""
    hangs = any(field.is_relation and not is_open(field.related_model) for field in fields)
    if not (hangs and any(field.name == "tier" for field in fields)):
        return tier, tier
    return (Tier.PUBLIC, tier) if tier == Tier.RESTRICTED else (tier, Tier.PUBLIC)


def _is_needed(field: models.Field) -> bool:
    if field.name == "tier":
        return True
    is_text = isinstance(field, models.CharField | models.TextField) and not field.choices and not field.null
    if field.primary_key or getattr(field, "auto_now_add", False):
        return False
    return is_text or not (field.null or field.has_default())


def nouns() -> list[type[models.Model]]:
    """Every model whose rows a reader may or may not see."""
    return [
        model for model in apps.get_models()
        if hasattr(model._default_manager.all(), "visible_to") and model is not Change
    ]  # fmt: skip


def is_open(model: type[models.Model]) -> bool:
    rows = model._default_manager.all()
    return isinstance(rows, OpenQuerySet) or not hasattr(rows, "within")


def clients(users: dict[str, User]) -> dict[str, Client]:
    """A signed-in client for each role, and one for nobody at all."""
    found = {name: Client() for name in (*users, "anonymous")}
    for name, user in users.items():
        found[name].force_login(user)
    return found
