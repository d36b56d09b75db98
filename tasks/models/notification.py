"""Notification (알림): one piece of news for one person; how they want to hear of it; the mail that carried it."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.records import Record
from tasks.choices import NoticeChannel, NoticeKind
from tasks.querysets import NotificationQuerySet, PreferenceQuerySet


class Notification(models.Model):
    """Derived from the change log, and by the night from due dates: it is no record, and under no log.

    It names what it is about by table and id and holds no words of it: what one may no longer see is not shown.
    `event` is unique for each person: the same news is never told twice.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    kind = models.CharField(_("kind"), max_length=10, choices=NoticeKind)
    event = models.CharField(max_length=120)
    # What it is about: null where it is about the person alone. What is followed, where that is another row.
    table = models.CharField(max_length=63, blank=True, default="")
    object_id = models.BigIntegerField(null=True)
    followed_table = models.CharField(max_length=63, blank=True, default="")
    followed_id = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=60, blank=True, default="")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("when"))
    channel = models.CharField(max_length=7, choices=NoticeChannel)
    read_at = models.DateTimeField(_("read"), null=True)
    mail = models.ForeignKey("tasks.Mail", models.SET_NULL, null=True, related_name="notifications")

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["recipient", "event"], name="notification_once")]
        indexes = [
            models.Index(fields=["recipient", "-at"], name="notification_of_person"),
            models.Index(fields=["recipient"], condition=models.Q(read_at=None), name="notification_unread"),
            models.Index(
                fields=["recipient"],
                condition=models.Q(read_at=None, mail=None, channel=NoticeChannel.DAILY),
                name="notification_for_digest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.get_kind_display()}"

    @property
    def name(self) -> tuple[str, int | None]:
        """What it is about, as it names it."""
        return self.table, self.object_id

    @property
    def followed(self) -> tuple[str, int | None]:
        return self.followed_table, self.followed_id


class NotificationCursor(models.Model):
    """How far the change log has been read: every transaction up to this one. There is one row."""

    transaction_id = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(name="notification_cursor_once", condition=models.Q(pk=1))]

    def __str__(self) -> str:
        return str(self.transaction_id)


class NotificationPreference(Record):
    """How a person wants to hear of one kind of news; without a row it is `DEFAULT_CHANNELS`."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notification_preferences")
    kind = models.CharField(_("kind"), max_length=10, choices=NoticeKind)
    channel = models.CharField(_("how"), max_length=7, choices=NoticeChannel)

    objects = PreferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification preference")
        verbose_name_plural = _("notification preferences")
        ordering = ["user", "kind"]
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="notification_preference_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.kind} → {self.channel}"


class Mail(models.Model):
    """An e-mail to one person that waits, goes out or went out. Its words are made when it is sent.

    It is claimed before it is sent: a worker that dies in between leaves it claimed, and nobody sends it again.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    is_digest = models.BooleanField()
    created_at = models.DateTimeField(auto_now_add=True)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("e-mail")
        verbose_name_plural = _("e-mails")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.recipient} {self.created_at}"

    @property
    def state(self) -> Any:
        """Sent, given up, claimed and not known to be sent, or waiting."""
        if self.sent_at:
            return _("Sent")
        if self.failed_at:
            return _("Given up")
        return _("Not known whether it went out") if self.claimed_at else _("Waiting")
