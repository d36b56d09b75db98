"""Saved views: the filters and the order of a list under a name; kept, renamed, shared, removed."""

from django.utils.translation import gettext as _

from accounts.models import User
from common import history
from common.errors import Invalid
from tasks.actions.records import locked_as_seen, save_record
from tasks.models import SavedView
from tasks.models.saved_view import LONGEST
from tasks.permissions import require


def save_view(path: str, query: str, *, by: User, name: str, is_shared: bool = False) -> SavedView:
    """Keep what an address says of its list under a name.

    Raises Forbidden, or Invalid for a name that is empty or taken, and where there is nothing to keep or too much.
    """
    if not query:
        raise Invalid(_("Nothing is filtered or sorted: there is nothing to save."), code="empty")
    if len(query) > LONGEST:
        raise Invalid(_("These are too many filters to save."), code="too_long")
    view = SavedView(owner=by, path=path, query=query)
    require(by, "keep_view", view)
    with history.context(actor=by, verb="saved_view.kept"):
        _write(view, by=by, name=name, is_shared=is_shared)
    return view


def change_view(view: SavedView, *, by: User, name: str, is_shared: bool) -> SavedView:
    """Rename a saved view, share it or no longer. Raises Forbidden, Invalid."""
    require(by, "keep_view", view)
    with history.context(actor=by, verb="saved_view.changed"):
        locked = locked_as_seen(view, None)
        _write(locked, by=by, name=name, is_shared=is_shared)
    return locked


def remove_view(view: SavedView, *, by: User) -> None:
    """Take a saved view away. Raises Forbidden."""
    require(by, "keep_view", view)
    with history.context(actor=by, verb="saved_view.removed"):
        view.delete()


def _write(view: SavedView, *, by: User, name: str, is_shared: bool) -> None:
    """Under a name that no other view of its owner on this list has; only who may share changes who sees it."""
    if is_shared != view.is_shared:
        require(by, "share_view", view)
    view.name, view.is_shared = name.strip(), is_shared
    others = SavedView.objects.filter(owner=view.owner_id, path=view.path, name=view.name).exclude(pk=view.pk)
    if others.exists():
        raise Invalid(_("You have a view of this name on this list already: choose another."), field="name")
    save_record(view)
