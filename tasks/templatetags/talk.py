"""What people say and follow: the button that follows a row, the text of a comment."""

from collections.abc import Collection
from typing import Any

from django import template
from django.template import RequestContext
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from common import past
from tasks.mentions import parts
from tasks.models import Follow
from tasks.named_rows import followed_models, name_of

register = template.Library()


@register.inclusion_tag("tasks/_follow.html", takes_context=True)
def follow_button(context: RequestContext, row: Any) -> dict[str, Any]:
    """Follows the row, or no longer; nothing for who is not signed in, and on a past day."""
    request = context["request"]
    user, label = request.user, row._meta.label_lower
    if not user.is_authenticated or past.current() is not None or label not in followed_models():
        return {"url": ""}
    return {
        "url": reverse("tasks:follow", args=[label, row.uuid]),
        "is_followed": Follow.objects.visible_to(user).filter(**name_of(row)).exists(),
        "csrf_token": context.get("csrf_token"),
    }


@register.filter
def comment_text(text: str, people: Collection[str]) -> SafeString:
    """Plain text with its lines, and mentions set apart."""
    known = dict.fromkeys(people, True)
    pieces = (
        format_html("<strong>{}</strong>", piece) if is_mention else escape(piece)
        for piece, is_mention in parts(text, known)
    )
    return mark_safe("".join(pieces).replace("\n", "<br>"))  # noqa: S308 - every piece was escaped
