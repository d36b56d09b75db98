"""Saved views: links above a list, the way that each leads, the form of its name, and all of one's own."""

from copy import copy
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import Resolver404, get_script_prefix, resolve, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from accounts.models import User
from common import past
from common.entry import FormPage
from common.errors import DomainError, Invalid
from common.lookup import named
from common.pages import Crumb, ListPage, Page
from common.tiers import Tier
from tasks.actions.saved_views import change_view, remove_view, save_view
from tasks.forms.saved_views import SavedViewForm
from tasks.models import SavedView
from tasks.permissions import Denied, may
from tasks.views import base
from tasks.views.review import is_uuid

PARENT = Crumb(gettext_lazy("Saved views"), "tasks:saved-views")
# Of an address these say which part of a list is shown, and as what; not which list.
PASSING = ("page", "format")


@dataclass(frozen=True)
class Links:
    """What stands above a list: its views, which of them is open, and where to save what is open but has no name."""

    views: list[SavedView]
    open: SavedView | None
    save_url: str


def links_of(request: HttpRequest) -> Links | None:
    """For the list that this address shows; None for who is not signed in."""
    if not request.user.is_authenticated:
        return None
    views = list(SavedView.objects.visible_to(request.user).filter(path=request.path_info))
    query = kept(request.GET)
    found = next((view for view in views if sorted_parts(view.query) == sorted_parts(query)), None)
    can_save = query and found is None and past.current() is None
    address = urlencode({"of": f"{request.path_info}?{query}"})
    return Links(views, found, f"{reverse('tasks:saved-view-new')}?{address}" if can_save else "")


def kept(parameters: QueryDict, without: tuple[str, ...] = ()) -> str:
    """The part of an address that is saved: all that it says but the page, the format, and what is left out."""
    query = parameters.copy()
    for name in list(query):
        if name in (*PASSING, *without) or not any(query.getlist(name)):
            del query[name]
    return query.urlencode()


def sorted_parts(query: str) -> list[tuple[str, list[str]]]:
    return sorted((name, sorted(values)) for name, values in QueryDict(query).lists())


def list_at(path: str, query: str, request: HttpRequest, user: Any = None) -> ListPage | None:
    """The list with these filters as this reader (else `user`) would open it; None where there is none to filter."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    view_class: Any = getattr(match.func, "view_class", None)
    if not (isinstance(view_class, type) and issubclass(view_class, ListPage)) or view_class.filterset_class is None:
        return None
    asked = copy(request)
    asked.GET, asked.path_info = QueryDict(query), path  # type: ignore[assignment]
    if user is not None:
        asked.user = user
    view = view_class(**match.func.view_initkwargs)  # type: ignore[attr-defined]
    view.setup(asked, *match.args, **match.kwargs)
    try:
        view.get_title()
    except Http404:  # it is the list of something that is not there, or hidden
        return None
    return view


def everybody() -> User:
    """A reader who sees no more than anybody who signs in."""
    user = User(pk=0, clearance=Tier.PUBLIC)
    user.memberships_now, user.stands_in_for = [], []
    return user


class SavedViews(Page):
    """GET lists the reader's views, and those that are shared; POST removes the one that it names."""

    title = gettext_lazy("Saved views")
    lede = gettext_lazy("Lists with filters that were saved under a name.")
    template_name = "tasks/saved_views.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = base.reader(self.request)
        rows = []
        for view in SavedView.objects.visible_to(user).select_related("owner"):
            found = list_at(view.path, view.query, self.request)
            title = found.get_title() if found else None
            rows.append({"view": view, "list": title, "may_keep": bool(may(user, "keep_view", view))})
        return super().get_context_data(**{"rows": rows} | kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = request.POST.get("view", "")
        view = named(SavedView.objects.visible_to(request.user), "uuid", name) if is_uuid(name) else None
        try:
            if view is None:
                raise Invalid(_("There is no such view."))
            remove_view(view, by=base.reader(request))
        except DomainError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, _("Removed: %s.") % view)
        return redirect("tasks:saved-views")


class OpenSavedView(View):
    """Leads to the list. What its address no longer understands is left out, and said."""

    def get(self, request: HttpRequest, uuid: str) -> HttpResponse:
        view = get_object_or_404(SavedView.objects.visible_to(request.user), uuid=uuid)
        found = list_at(view.path, view.query, request)
        if found is None:
            messages.error(request, _("The list of “%s” is no longer there.") % view)
            return redirect("tasks:saved-views")
        gone = found.unread
        if gone:
            words = _("“%(view)s” was saved with what is not known here, or not any more. It is left out: %(names)s.")
            messages.warning(request, words % {"view": view, "names": ", ".join(str(each.label) for each in gone)})
        query = kept(found.request.GET, tuple(each.name for each in gone))
        return redirect(get_script_prefix() + view.path[1:] + (f"?{query}" if query else ""))


class _ViewForm(FormPage):
    form_class, parent = SavedViewForm, PARENT
    template_name = "tasks/saved_view.html"
    recorded = gettext_lazy("Saved:")
    submit = gettext_lazy("Save")

    @property
    def address(self) -> tuple[str, str]:
        """Path and query of the list."""
        raise NotImplementedError

    @cached_property
    def list(self) -> ListPage:
        found = list_at(*self.address, self.request)
        if found is None:
            raise Http404
        return found

    def check_shared(self, form: SavedViewForm) -> None:
        """Who shares tells nobody of what not everybody may see: a filter may name no hidden row."""
        found = list_at(*self.address, self.request, everybody()) if form.values()["is_shared"] else None
        if found and found.unread:
            names = ", ".join(str(each.label) for each in found.unread)
            raise Invalid(_("Not everybody may see what this is filtered by: %s.") % names, field="is_shared")

    def target(self, done: Any) -> str:
        return done.get_absolute_url() if done else reverse("tasks:saved-views")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {"list_title": self.list.get_title(), "chips": self.list.chips}
        return super().get_context_data(**shown | kwargs)


class NewSavedView(_ViewForm):
    """`?of=` is the address of the list as it is open."""

    title = gettext_lazy("Save a view")

    @property
    def address(self) -> tuple[str, str]:
        asked = urlsplit(self.request.GET.get("of", ""))
        return asked.path, kept(QueryDict(asked.query))

    def refusal(self) -> str:
        if not self.request.user.is_authenticated:
            return _("Sign in first.")
        return _("A past day is for reading only.") if past.current() else ""

    def act(self, form: Any) -> Any:
        if gone := ", ".join(str(each.label) for each in self.list.unread):
            raise Invalid(_("This is not known here and cannot be saved: %s.") % gone)
        self.check_shared(form)
        return save_view(*self.address, by=base.reader(self.request), **form.values())

    def target(self, done: Any) -> str:
        path, query = self.address
        return super().target(done) if done else f"{path}?{query}"


class ChangeSavedView(_ViewForm):
    title = gettext_lazy("Rename or share a view")

    @cached_property
    def object(self) -> SavedView:
        return get_object_or_404(SavedView.objects.visible_to(self.request.user), uuid=self.kwargs["uuid"])

    @property
    def address(self) -> tuple[str, str]:
        return self.object.path, self.object.query

    def row(self) -> SavedView:
        return self.object

    def refusal(self) -> str:
        answer = may(base.reader(self.request), "keep_view", self.object)
        return answer.reason if isinstance(answer, Denied) else ""

    def act(self, form: Any) -> Any:
        self.check_shared(form)
        return change_view(self.object, by=base.reader(self.request), **form.values())
