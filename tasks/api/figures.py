"""Door of the API to the figures: `tasks.rollups` computes them, nothing is summed here."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, cast

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response
from rest_framework.routers import BaseRouter
from rest_framework.utils.urls import remove_query_param, replace_query_param
from rest_framework.viewsets import GenericViewSet

from common import past
from common.api import Endpoint
from common.errors import Invalid
from common.paging import CursorPages
from common.renderers import CsvRenderer, NdjsonRenderer, OrjsonRenderer
from common.serializers import column_names
from common.tiers import clearance_of
from tasks.choices import Slice
from tasks.interfaces import Explanation, FigureView, Key, MoneyYear, Part
from tasks.models import Snapshot, StrategicTask, Strategy
from tasks.rollups import changes, explain, figures, latest_snapshot, money, published, published_money, series
from tasks.rollups.named import (
    CELLS,
    NODES,
    NONE,
    NamedFigure,
    changed_nodes,
    changed_references,
    label_of,
    named_figure,
    part_address,
    part_named,
    row_named,
    strategy_named,
)
from tasks.serializers.courses import ChangesQuerySerializer, ChangesSerializer, SeriesSerializer
from tasks.serializers.explanations import ExplainQuerySerializer, ExplanationSerializer, NamedQuerySerializer, Opened
from tasks.serializers.figures import Rollup, RollupQuerySerializer, RollupSerializer

QUERIES: dict[str, type[NamedQuerySerializer]] = {
    "explain": ExplainQuerySerializer,
    "series": NamedQuerySerializer,
    "changes": ChangesQuerySerializer,
}


class RollupViewSet(Endpoint, GenericViewSet):
    """Figures of the strategy, its tasks, measures, ministries, regions and technologies, and cells of two of them.

    A page names rows; a row that nothing stands in has no figure and is left out. In a cell slice a page
    names ministries or regions, each of which has a row for every task that it has something in.
    """

    serializer_class = RollupSerializer
    lookup_field = "id"
    lookup_value_regex = "[^/]+"
    renderer_classes = [OrjsonRenderer, CsvRenderer, NdjsonRenderer]
    filter_backends = []
    dated = True
    # What is read where published figures are asked for.
    snapshot: Snapshot | None = None

    @property
    def pages(self) -> CursorPages:
        return cast(CursorPages, self.paginator)

    def known_parameters(self) -> set[str]:
        if self.action in QUERIES:
            return set(QUERIES[self.action]().fields)
        return set(RollupQuerySerializer().fields) | set(self.pages.parameters)

    def columns(self) -> list[str]:
        return column_names(RollupSerializer())

    @extend_schema(parameters=[RollupQuerySerializer], operation_id="rollups_list")
    def list(self, request: Any) -> Response:
        query = RollupQuerySerializer(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        strategy = self._strategy(asked)
        self.snapshot = self._snapshot(asked, strategy)
        if asked["slice"] in CELLS:
            rows = list(self._cells(asked, strategy))
        else:
            nodes, with_none = self._page(asked, strategy)
            rows = list(self._rows(asked, strategy, nodes, with_none=with_none))
        return self.get_paginated_response(RollupSerializer(rows, many=True, context={"request": request}).data)

    @extend_schema(parameters=[ExplainQuerySerializer], responses=ExplanationSerializer, operation_id="rollups_explain")
    @action(detail=True, url_path="explain", renderer_classes=[OrjsonRenderer])
    def explain(self, request: Any, **kwargs: str) -> Response:
        """One figure with its formulas, what it is made of and what it leaves out.

        `id` is a public id or a code; `none` is what names no row, a cell is `task:ministry`, `task:region` or
        `task:technology`; with `slice`, where the same code stands for several rows.
        """
        named, tier, asked = self._named(ExplainQuerySerializer)
        after = self._after(asked.get("after"))
        found = explain(named.slice, named.key, strategy=named.strategy, tier=tier, after=after, limit=asked["limit"])
        opened = self._opened(named, found, tier)
        return Response(ExplanationSerializer(opened, context={"request": request, "opened": opened}).data)

    @extend_schema(parameters=[NamedQuerySerializer], responses=SeriesSerializer, operation_id="rollups_series")
    @action(detail=True, url_path="series", renderer_classes=[OrjsonRenderer])
    def series(self, request: Any, **kwargs: str) -> Response:
        """The course of a figure by month: progress so far, today's plan, forecasts. `id` as in `explain`."""
        named, tier, _asked = self._named(NamedQuerySerializer)
        return Response(SeriesSerializer(series(named.slice, named.key, strategy=named.strategy, tier=tier)).data)

    @extend_schema(parameters=[ChangesQuerySerializer], responses=ChangesSerializer, operation_id="rollups_changes")
    @action(detail=True, url_path="changes", renderer_classes=[OrjsonRenderer])
    def changes(self, request: Any, **kwargs: str) -> Response:
        """What moved a figure from one day to another, step by step, each exact. `id` as in `explain`."""
        named, tier, asked = self._named(ChangesQuerySerializer)
        until = asked.get("until") or past.day()
        found = changes(
            named.slice,
            named.key,
            strategy=named.strategy,
            tier=tier,
            since=asked.get("since") or until.replace(day=1),
            until=until,
            known_at=self._known_at,
        )
        user = request.user
        context = {"nodes": changed_nodes(user, found), "references": changed_references(user, found)}
        return Response(ChangesSerializer(found, context=context).data)

    def _named(self, serializer: type[NamedQuerySerializer]) -> tuple[NamedFigure, int, dict[str, Any]]:
        """The figure that the address names, the reader's tier, and what else is asked."""
        query = serializer(data=self.request.query_params.dict())
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        user = self.request.user
        named = named_figure(user, self.kwargs["id"], slice=asked.get("slice"), strategy=asked.get("strategy"))
        if named is None:
            raise Http404
        return named, clearance_of(user), asked

    def _after(self, name: str | None) -> tuple[int, int] | None:
        found = part_named(self.request.user, name) if name else None
        if name and found is None:
            raise Invalid(_("There is no “%s” here.") % name, field="after")
        return found

    def _opened(self, named: NamedFigure, found: Explanation, tier: int) -> Opened:
        view, node = found.figure, None if named.task else named.node
        figure = None
        if view is not None:
            figure = Rollup(view, named.strategy, node, named.code, named.label, None, view.as_of, self._known_at)
        here = self.request.build_absolute_uri()
        last = next((part.node for part in reversed(found.parts) if part.node is not None), None)
        following = replace_query_param(here, "after", str(last.uuid)) if found.more and last else None

        def address_of(part: Part) -> str | None:
            opens = part_address(named, part)
            if opens is None:
                return None
            slice, name = opens
            there = self.request.build_absolute_uri(reverse("rollup-explain", args=[name]))
            query = remove_query_param(here, "after").partition("?")[2]
            return replace_query_param(f"{there}?{query}", "slice", slice)

        return Opened(named, found, figure, tier, following, address_of)

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
        tasks = row_named(tasks, named, "slug") if "id" in asked else tasks
        by_key = {node.pk: node for node in nodes} | ({0: None} if with_none else {})
        cells = {(task.pk, key): (task, node) for key, node in by_key.items() for task in tasks}
        found = self._figures(asked["slice"], strategy, cells)
        for cell, (task, node) in cells.items():
            if cell in found:
                code = f"{task.slug}:{NONE if node is None else getattr(node, NODES[slice_][1])}"
                label = f"{task.title} × {label_of(slice_, node)}"
                yield Rollup(
                    found[cell], strategy, None, code, label, None, found[cell].as_of, self._known_at, self._basis
                )

    def _snapshot(self, asked: dict[str, Any], strategy: Strategy) -> Snapshot | None:
        """Invalid where nothing was published of the day, or it is asked how it was known: as it was published."""
        if asked["basis"] != "published":
            return None
        reading = past.current()
        if reading is not None and reading.known_at is not None:
            raise Invalid(_("What was published is as it was known then. Leave this out."), field="known_at")
        as_of = reading.as_of if reading else None
        return latest_snapshot(strategy, tier=clearance_of(self.request.user), as_of=as_of)

    def _figures(self, slice_: str, strategy: Strategy, keys: Iterable[Key]) -> dict[Any, FigureView]:
        if self.snapshot is not None:
            return published(slice_, self.snapshot, keys=keys)
        return figures(slice_, strategy=strategy, tier=clearance_of(self.request.user), keys=keys)

    def _money(
        self, slice_: str, strategy: Strategy, keys: Iterable[int], found: dict[Any, FigureView]
    ) -> dict[int, tuple[MoneyYear, ...]]:
        """Of the day that the figures are of."""
        if self.snapshot is not None:
            return published_money(slice_, self.snapshot, keys=keys)
        day = next(figure.as_of for figure in found.values())
        return money(slice_, strategy=strategy, tier=clearance_of(self.request.user), keys=keys, as_of=day)

    @property
    def _basis(self) -> str:
        return "current" if self.snapshot is None else "published"

    @property
    def _known_at(self) -> datetime | None:
        if self.snapshot is not None:
            return self.snapshot.taken_at
        reading = past.current()
        return reading.known_at if reading else None

    def _strategy(self, asked: dict[str, Any]) -> Strategy:
        found = strategy_named(self.request.user, asked.get("strategy"))
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
        return row_named(rows, asked["id"], code) if "id" in asked else rows

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
        slice_ = asked["slice"]
        found = self._figures(slice_, strategy, nodes)
        years = self._money(slice_, strategy, nodes, found) if found else {}
        code = NODES[slice_][1]
        for key, node in nodes.items():
            if key in found:
                label = label_of(slice_, node)
                yield Rollup(
                    found[key], strategy, node, getattr(node, code, None), label, years.get(key), found[key].as_of,
                    self._known_at, self._basis,
                )  # fmt: skip


def register(router: BaseRouter) -> None:
    router.register("rollups", RollupViewSet, "rollup")
