"""Sends one mail by SMTP, never twice: claimed first, then sent, then noted.

A mail says only what may stand in a mailbox: of public and internal rows their code and a link, of restricted ones that
there is news. The words themselves are read after sign-in.
"""

import smtplib
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.tiers import Tier
from tasks.models import Mail
from tasks.notifying.words import Told, told

# A server that is away is tried again for as long; the relay sends the job about once a minute.
GIVE_UP_AFTER = timedelta(days=1)
_PERMANENT = 500


def send(mail_id: int) -> bool:
    """Send a mail that waits. True where nothing is left to do about it, False where it is to be tried again.

    It is claimed in a transaction of its own. Whoever finds it claimed leaves it: it is at work, or a worker died in
    between and nobody knows whether it went out. A refusal of the server is known, so it frees the claim.
    """
    if not Mail.objects.filter(pk=mail_id, claimed_at=None, failed_at=None).update(
        claimed_at=timezone.now(), attempts=F("attempts") + 1
    ):
        return True
    mail = Mail.objects.select_related("recipient").get(pk=mail_id)
    message = _message(mail)
    if message is None:
        return _failed(mail, _("Nothing was left to tell."))
    try:
        _deliver(message)
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as error:
        code, text = _refusal(error)
        return _failed(mail, text) if code >= _PERMANENT else _again(mail, text)
    except _NotReached as error:
        return _again(mail, str(error))
    except (smtplib.SMTPException, OSError) as error:
        # The line broke while it was sent: whether it arrived is not known, so it stays claimed.
        Mail.objects.filter(pk=mail.pk).update(error=str(error)[:200])
        return True
    Mail.objects.filter(pk=mail.pk).update(sent_at=timezone.now(), error="")
    return True


class _NotReached(Exception):
    """The server was not reached, so nothing was sent."""


def _deliver(message: EmailMultiAlternatives) -> None:
    connection = get_connection()
    try:
        connection.open()
    except (smtplib.SMTPException, OSError) as error:
        raise _NotReached(str(error)) from error
    try:
        connection.send_messages([message])
    finally:
        connection.close()


def _refusal(error: Any) -> tuple[int, str]:
    """What the server answered: its code (from 500 on it is meant for good) and words."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
    else:
        code, words = error.smtp_code, error.smtp_error
    return code, f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"


def _again(mail: Mail, error: str) -> bool:
    if timezone.now() - mail.created_at > GIVE_UP_AFTER:
        return _failed(mail, error)
    Mail.objects.filter(pk=mail.pk).update(claimed_at=None, error=error[:200])
    return False


def _failed(mail: Mail, error: str) -> bool:
    Mail.objects.filter(pk=mail.pk).update(failed_at=timezone.now(), error=error[:200])
    return True


def _message(mail: Mail) -> EmailMultiAlternatives | None:
    """In the recipient's language, of what the recipient may see now; None where that is nothing."""
    with translation.override(mail.recipient.language):
        rows = mail.notifications.select_related("actor").order_by("kind", "-at")
        found = told(rows.unread() if mail.is_digest else rows, mail.recipient)
        if not found:
            return None
        context = {
            "lines": list(_lines(found)),
            "hidden": sum(each.tier > Tier.INTERNAL for each in found),
            "all_url": _absolute(reverse("tasks:notifications")),
            "settings_url": _absolute(reverse("tasks:notification-settings")),
            "LANGUAGE_CODE": mail.recipient.language,
        }
        message = EmailMultiAlternatives(
            subject=_subject(mail, len(found)),
            body=render_to_string("tasks/mail.txt", context),
            to=[mail.recipient.email],
            headers={"Message-ID": f"<{mail.uuid}@strategy-tracker>", "Auto-Submitted": "auto-generated"},
        )
        message.attach_alternative(render_to_string("tasks/mail.html", context), "text/html")
    return message


def _subject(mail: Mail, count: int) -> str:
    name = _("Strategy Tracker")
    if mail.is_digest:
        return f"[{name}] " + ngettext("%s piece of news today", "%s pieces of news today", count) % count
    return f"[{name}] " + ngettext("%s piece of news", "%s pieces of news", count) % count


def _lines(found: list[Told]) -> Iterator[dict[str, Any]]:
    """Of public and internal rows: the kind of news, the code and the link. Nobody's words, no title."""
    for each in found:
        if each.tier <= Tier.INTERNAL:
            kind = each.notification.get_kind_display()
            yield {"kind": kind, "code": each.code, "url": _absolute(each.url)}


def _absolute(path: str) -> str:
    return settings.SITE_URL.rstrip("/") + path
