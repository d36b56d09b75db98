"""News for people, derived from the change log and from due dates, and the mails that carry them."""

from tasks.notifying.derive import derive
from tasks.notifying.digest import write_digests
from tasks.notifying.mail import send
from tasks.notifying.reminders import remind

__all__ = ["derive", "remind", "send", "write_digests"]
