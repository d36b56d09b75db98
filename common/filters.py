"""Bases of the filters that HTML lists and the API share. Knows no noun and no REST."""

import uuid
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_filters.fields import ModelChoiceField, ModelChoiceIterator
from django_filters.utils import label_for_filter

from common.forms import ToldApart
from common.order import in_readers_order
from common.search import Labels, SearchField, found
from common.tiers import CODES, Tier

# How the label of a field goes on for a filter that compares.
_COMPARED: dict[str, Any] = {
    "exact": "{name}",
    "in": _("{name}: any of"),
    "gte": _("{name}: from"),
    "lte": _("{name}: to"),
    "isnull": _("{name}: not known"),
    "startswith": _("{name}: begins with"),
}


def _label(model: type[Model], field: str, lookup: str, exclude: bool) -> str:
    name = label_for_filter(model, field, "exact", exclude)
    return str(_COMPARED.get(lookup, "{name}")).format(name=name)


label_lazy = lazy(_label, str)


def visible(model: type[Model]) -> Callable[[Any], QuerySet]:
    """The rows of a model that the asking user may see, for `ReferenceFilter(queryset=…)`."""
    return lambda request: model._default_manager.visible_to(request.user)  # type: ignore[attr-defined]


def as_uuid(text: Any) -> uuid.UUID | None:
    """The public id that a text holds; None where it is something else (a code, a key)."""
    try:
        return uuid.UUID(str(text))
    except ValueError:
        return None


class References(ToldApart, ModelChoiceIterator):
    """The options of a select."""


class ReferenceField(ModelChoiceField):
    """A row named by its code or by its public id; what is hidden is refused as what does not exist."""

    iterator = References
    default_error_messages: ClassVar = {"invalid_choice": _("There is no “%(value)s” here.")}

    def to_python(self, value: Any) -> Any:
        if "\x00" in str(value):
            raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": ""})
        public_id = as_uuid(value) if value else None
        if public_id is None:
            return super().to_python(value)
        row = self.queryset.filter(uuid=public_id).first()  # type: ignore[union-attr]
        if row is None:
            raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": value})
        return row


class ReferenceFilter(django_filters.ModelChoiceFilter):
    """`ministry=MOTIE`; a select of the visible rows in HTML. Name the code by `to_field_name`."""

    field_class = ReferenceField

    def get_queryset(self, request: Any) -> QuerySet:
        return in_readers_order(super().get_queryset(request))


class ReferencesFilter(django_filters.BaseCSVFilter, django_filters.CharFilter):
    """`ministry__in=MOTIE,MSIT`, by code or public id. Only for relations that hide nothing."""

    def __init__(self, *args: Any, to_field_name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.to_field_name = to_field_name

    def filter(self, queryset: QuerySet, value: list[str] | None) -> QuerySet:
        if not value:
            return queryset
        codes = Q(**{f"{self.field_name}__{self.to_field_name}__in": value})
        return queryset.filter(codes | Q(**{f"{self.field_name}__uuid__in": [v for v in value if as_uuid(v)]}))


class ChoicesFilter(django_filters.BaseInFilter, django_filters.ChoiceFilter):
    """`light__in=overdue,at_risk`."""


class NumbersFilter(django_filters.BaseInFilter, django_filters.NumberFilter):
    """`fiscal_year__in=2024,2025`."""


class YesNoField(forms.NullBooleanField):
    """Anything but yes, no and nothing is an error, where Django's own field reads nothing."""

    def to_python(self, value: Any) -> Any:
        found = super().to_python(value)
        if found is None and value not in self.empty_values:
            raise ValidationError(_("“%(value)s” is not known here. Known: true, false."), "invalid", {"value": value})
        return found


class YesNoFilter(django_filters.BooleanFilter):
    """`observed=true`; in HTML yes, no or either."""

    field_class = YesNoField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Select(choices=[("", _("All")), ("true", _("Yes")), ("false", _("No"))]))
        super().__init__(*args, **kwargs)


class TierFilter(django_filters.TypedChoiceFilter):
    """`tier=internal`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("choices", CODES)
        super().__init__(coerce=lambda code: Tier[code.upper()], **kwargs)


class NounForm(forms.Form):
    """The filters as a form: a page shows those of `on_page`, and any other that its address names."""

    on_page: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if message := _what_is_allowed(field):
                field.error_messages["invalid_choice" if hasattr(field, "choices") else "invalid"] = message
            if isinstance(field, forms.DateField):
                field.widget.attrs["placeholder"] = _("e.g. 2026-03-31")

    def __iter__(self) -> Iterator[forms.BoundField]:
        shown = [field for field in super().__iter__() if self._is_shown(field)]
        order = {name: place for place, name in enumerate(self.on_page)}
        yield from sorted(shown, key=lambda field: order.get(field.name, len(order)))

    def _is_shown(self, field: forms.BoundField) -> bool:
        return not self.on_page or field.name in self.on_page or field.html_name in self.data


def _what_is_allowed(field: forms.Field) -> Any:
    """For the error of a filter: the values that its address may name."""
    if isinstance(field, forms.DateField):
        return _("Write a date as YYYY-MM-DD, for example 2026-03-31.")
    if isinstance(field, forms.IntegerField | forms.DecimalField):
        return _("Write a number in digits.")
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        choices: Any = field.choices
        codes = ", ".join(str(code) for code, _label in choices if code not in ("", None))
        return format_lazy(_("“%(value)s” is not known here. Known: {codes}."), codes=codes.replace("%", "%%"))
    return ""


class SearchFilter(django_filters.CharFilter):
    field_class = SearchField


class NounFilter(django_filters.FilterSet):
    """Base of every FilterSet: `search` looks into `search_in`, as `common.search` says; `search = None`: nowhere.

    The API offers every filter, a page those of `on_page`. `labels`: where the model's name for it is not the page's.
    """

    search_in: ClassVar[tuple[str | Labels, ...]] = ()
    on_page: ClassVar[tuple[str, ...]] = ()
    labels: ClassVar[dict[str, Any]] = {}

    search: Any = SearchFilter(
        method="filter_search", label=_("Search"), help_text=_("Every word, in part, in any order.")
    )

    @classmethod
    def get_filters(cls) -> dict[str, django_filters.Filter]:
        filters = super().get_filters()
        for name, part in filters.items():
            part.label = cls.labels.get(name, part._label)
            # A label made from the model would stay in the language of whoever asked for it first.
            if part._label is None and cls._meta.model:
                part.label = label_lazy(cls._meta.model, part.field_name, part.lookup_expr, part.exclude)
        return filters

    @classmethod
    def filter_for_lookup(cls, field: Any, lookup_type: str) -> tuple[Any, dict[str, Any]]:
        found, parameters = super().filter_for_lookup(field, lookup_type)
        return (YesNoFilter if found is django_filters.BooleanFilter else found), parameters

    def get_form_class(self) -> type[forms.Form]:
        fields = {name: part.field for name, part in self.filters.items()}
        return type(f"{type(self).__name__}Form", (NounForm,), fields | {"on_page": self.on_page})

    def filter_search(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return found(queryset, value, self.search_in)


class OrderFilter(django_filters.OrderingFilter):
    """Its base translates the labels once, when the class is made: in the language of whoever came first."""

    def build_choices(self, fields: dict[str, str], labels: dict[str, Any]) -> list[tuple[str, Any]]:
        named = [(name, _(name.replace("_", " ").capitalize())) for name in fields.values()]
        return [
            choice
            for name, label in named
            for choice in [(name, label), (f"-{name}", format_lazy(_("{label} (descending)"), label=label))]
        ]


def ordering_by(*names: str, **renamed: str) -> OrderFilter:
    """`ordering=-current_due,code`; `renamed` gives a column its public name: `measure__code="measure"`."""
    fields = {name: name for name in names} | renamed
    return OrderFilter(
        fields=fields, label=_("Order"), help_text=_("Names, separated by commas; a minus in front turns one round.")
    )
