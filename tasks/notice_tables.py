"""The columns of a person's notifications."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.tables import Column
from common.templatetags.display import moment, state_badge
from tasks.domain_tables import itself

UNREAD = pgettext_lazy("notification", "New")


def _news(row: Any) -> SafeString:
    mark = format_html('<span class="unread">{}</span> ', state_badge("open", str(UNREAD), "info"))
    badge = "" if row.read_at else mark
    address = f"{reverse('tasks:notification-open')}?n={row.uuid}"
    return format_html('{}<a class="link" href="{}">{}</a>', badge, address, row.told.words)


def _tick(row: Any) -> SafeString:
    if row.read_at:
        return format_html("")
    label = _("Tick: %s") % row.told.words
    return format_html(
        '<input type="checkbox" name="notification" value="{}" form="read" aria-label="{}">', row.uuid, label
    )


TICK = Column("tick", _("Tick"), itself, _tick)
NOTIFICATIONS = (
    Column("news", _("News"), itself, _news, "wide", is_row_head=True, plain="told.words"),
    Column("kind", _("Kind"), lambda row: row.get_kind_display()),
    Column("at", _("When"), show=moment, kind="num", order="at"),
    Column("unread", _("Unread"), lambda row: None if row.read_at else UNREAD),
)
# The page marks what is new beside the words; a file has a column for it.
ON_PAGE = NOTIFICATIONS[:-1]
