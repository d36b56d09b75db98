"""Door of the API to the figures: `tasks.rollups` computes them, nothing is summed here."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.routers import BaseRouter
from rest_framework.viewsets import GenericViewSet

from accounts.models import Ministry
from common.api import Endpoint
from common.errors import Invalid
from common.filters import as_uuid
from common.paging import CursorPages
from common.renderers import CsvRenderer, NdjsonRenderer, OrjsonRenderer
from common.serializers import column_names
from common.tiers import clearance_of
from tasks.choices import Slice
from tasks.models import Measure, Region, StrategicTask, Strategy, Technology
from tasks.rollups import figures, money
from tasks.serializers.figures import Rollup, RollupQuerySerializer, RollupSerializer

NONE = "none"
# slice: its rows, the column of their code, the path to their strategy, the order
NODES: dict[str, tuple[type, str, str, str]] = {
    Slice.STRATEGY: (Strategy, "slug", "", "announced_on"),
    Slice.TASK: (StrategicTask, "slug", "strategy", "number"),
    Slice.MEASURE: (Measure, "code", "strategic_task__strategy", "code"),
    Slice.MINISTRY: (Ministry, "key", "", "key"),
    Slice.REGION: (Region, "key", "", "pk"),
    Slice.TECHNOLOGY: (Technology, "key", "", "number"),
}
# A cell is a task by one of these.
CELLS = {Slice.TASK_MINISTRY.value: Slice.MINISTRY.value, Slice.TASK_REGION.value: Slice.REGION.value}


class RollupViewSet(Endpoint, GenericViewSet):
    """Figures of the strategy, its tasks, measures, ministries, regions and technologies, and cells of two of them.

    A page names rows; a row that nothing stands in has no figure and is left out. In a cell slice a page
    names ministries or regions, each of which has a row for every task that it has something in.
    """

    serializer_class = RollupSerializer
    renderer_classes = [OrjsonRenderer, CsvRenderer, NdjsonRenderer]
    filter_backends = []

    @property
    def pages(self) -> CursorPages:
        return cast(CursorPages, self.paginator)

    def known_parameters(self) -> set[str]:
        return set(RollupQuerySerializer().fields) | set(self.pages.parameters)

    def columns(self) -> list[str]:
        return column_names(RollupSerializer())

    @extend_schema(parameters=[RollupQuerySerializer], operation_id="rollups_list")
    def list(self, request: Any) -> Response:
        query = RollupQuerySerializer(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        strategy = self._strategy(asked)
        if asked["slice"] in CELLS:
            rows = list(self._cells(asked, strategy))
        else:
            nodes, with_none = self._page(asked, strategy)
            rows = list(self._rows(asked, strategy, nodes, with_none=with_none))
        if not rows and asked.get("as_of"):
            raise Invalid(_("No figures are kept of that day."), field="as_of")
        return self.get_paginated_response(RollupSerializer(rows, many=True, context={"request": request}).data)

    def _page(self, asked: dict[str, Any], strategy: Strategy) -> tuple[Sequence[Any], bool]:
        """The rows of a page, and whether what names none stands on it, which is the last."""
        nodes = self.paginate_queryset(self._nodes(asked, strategy)) or []
        return nodes, self.pages.next is None and asked.get("id", NONE) == NONE

    def _cells(self, asked: dict[str, Any], strategy: Strategy) -> Iterable[Rollup]:
        """By ministry or region, then by task; `id` reads `task:ministry`. Money is not cut by cells."""
        slice_ = CELLS[asked["slice"]]
        named, _colon, other = asked.get("id", "").partition(":")
        inner = asked | {"slice": slice_} | ({"id": other} if "id" in asked else {})
        nodes, with_none = self._page(inner, strategy)
        tasks: QuerySet = StrategicTask.objects.visible_to(self.request.user).filter(strategy=strategy)
        tasks = _named(tasks, named, "slug") if "id" in asked else tasks
        by_key = {node.pk: node for node in nodes} | ({0: None} if with_none else {})
        cells = {(task.pk, key): (task, node) for key, node in by_key.items() for task in tasks}
        tier = clearance_of(self.request.user)
        found = figures(asked["slice"], strategy=strategy, tier=tier, keys=cells, as_of=asked.get("as_of"))
        for cell, (task, node) in cells.items():
            if cell in found:
                code = f"{task.slug}:{NONE if node is None else getattr(node, NODES[slice_][1])}"
                label = f"{task.title} × {_label(slice_, node)}"
                yield Rollup(found[cell], strategy, None, code, label, None, found[cell].as_of)

    def _strategy(self, asked: dict[str, Any]) -> Strategy:
        rows = Strategy.objects.visible_to(self.request.user)
        found = (_named(rows, asked["strategy"], "slug") if "strategy" in asked else rows).first()
        if found is None and "strategy" in asked:
            raise Invalid(_("There is no “%s” here.") % asked["strategy"], field="strategy")
        if found is None:
            raise Http404
        return found

    def _nodes(self, asked: dict[str, Any], strategy: Strategy) -> QuerySet:
        model, code, path, order = NODES[asked["slice"]]
        rows = model._default_manager.visible_to(self.request.user).order_by(order)  # type: ignore[attr-defined]
        if path:
            rows = rows.filter(**{path: strategy})
        if asked["slice"] == Slice.STRATEGY and "strategy" in asked:
            rows = rows.filter(pk=strategy.pk)
        return _named(rows, asked["id"], code) if "id" in asked else rows

    def _rows(
        self, asked: dict[str, Any], strategy: Strategy, nodes: Sequence[Any], *, with_none: bool
    ) -> Iterable[Rollup]:
        """Figures in the order of their nodes, last that of what names none."""
        if asked["slice"] == Slice.STRATEGY:
            for node in nodes:
                yield from self._read(asked, node, {0: node})
            return
        by_key = {node.pk: node for node in nodes}
        yield from self._read(asked, strategy, by_key | ({0: None} if with_none else {}))

    def _read(self, asked: dict[str, Any], strategy: Strategy, nodes: dict[int, Any]) -> Iterable[Rollup]:
        slice_, tier = asked["slice"], clearance_of(self.request.user)
        found = figures(slice_, strategy=strategy, tier=tier, keys=nodes, as_of=asked.get("as_of"))
        day = next((figure.as_of for figure in found.values()), None)
        years = money(slice_, strategy=strategy, tier=tier, keys=nodes, as_of=day) if found else {}
        code = NODES[slice_][1]
        for key, node in nodes.items():
            if key in found:
                label = _label(slice_, node)
                yield Rollup(
                    found[key], strategy, node, getattr(node, code, None), label, years.get(key), found[key].as_of
                )


def _named(rows: QuerySet, name: str, code: str) -> QuerySet:
    """The row with this public id or code; none for what is not there."""
    if "\x00" in name:
        return rows.none()
    return rows.filter(uuid=name) if as_uuid(name) else rows.filter(**{code: name})


def _label(slice_: str, node: Any) -> str:
    if node is None:
        return _("Unassigned") if slice_ == Slice.MINISTRY else _("None")
    return node.name if hasattr(node, "name") else node.title


def register(router: BaseRouter) -> None:
    router.register("rollups", RollupViewSet, "rollup")
