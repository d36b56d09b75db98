"""Import of a table in two steps: the checked file is kept for its owner, then written whole or not at all."""

from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from common.errors import DomainError, Forbidden, Invalid, Stale
from common.imports import Checked, Importer, check, compare, parse
from common.uploads import Limits, read_upload
from common.uploads.content import plain_name
from tasks.models import ImportUpload


def limits() -> Limits:
    return Limits(bytes=settings.IMPORT_MAX_MB * 2**20, rows=settings.IMPORT_MAX_ROWS)


def keep_upload(importer: Importer, *, by: User, name: str, content: bytes) -> ImportUpload:
    """Keep a file that can be read, for its owner and for two hours; errors in its rows do not matter yet.

    Raises Forbidden, or Refused for a file that is no table.
    """
    _require(importer, by)
    checked = check(importer, read_upload(content, limits()), by)
    values = {
        "name": plain_name(name),
        "sha256": sha256(content).hexdigest(),
        "content": content,
        "standing": checked.standing,
    }
    with transaction.atomic():
        ImportUpload.objects.filter(owner_id=by.pk, noun=importer.slug).delete()
        return ImportUpload.objects.create(owner_id=by.pk, noun=importer.slug, **values)


def pending_upload(importer: Importer, *, by: User) -> ImportUpload | None:
    """The file that waits; nobody finds another's."""
    rows = ImportUpload.objects.filter(owner_id=by.pk, noun=importer.slug, expires_at__gt=timezone.now())
    return rows.first()


def checked_upload(importer: Importer, upload: ImportUpload, *, by: User) -> Checked:
    """The file against what stands now. Writes nothing."""
    return check(importer, read_upload(bytes(upload.content), limits()), by)


def confirm_import(importer: Importer, *, by: User, basis: str, is_meant: bool = False) -> int:
    """Write every new row of the file that waits, each by its own action; how many.

    `basis` is what was shown (`Checked.basis`); `is_meant` says that the cautions among it were looked at. Raises
    Stale where something else stands by now, Invalid where a caution was not looked at, and writes nothing.
    """
    _require(importer, by)
    with transaction.atomic():
        upload = ImportUpload.objects.select_for_update().filter(
            owner_id=by.pk, noun=importer.slug, expires_at__gt=timezone.now()
        ).first()  # fmt: skip
        if upload is None:
            raise Invalid(
                _("There is no checked file any more: it was imported, discarded or has expired."), code="gone"
            )
        checked = parse(importer, read_upload(bytes(upload.content), limits()), by)
        importer.lock(checked.rows, by)
        compare(importer, checked, by)
        if checked.basis != basis:
            raise Stale(_("Something changed since you saw this page. Nothing was imported; look at the rows again."))
        if checked.faults:
            raise Invalid(_("The file has errors. Nothing was imported."))
        if checked.cautions and not is_meant:
            raise Invalid(
                _("Nothing was imported. Look at what is pointed out below, and say that it is meant so."),
                code="caution",
            )
        _write(importer, checked, upload.reason, by)
        upload.delete()
    return len(checked.new)


def discard_upload(importer: Importer, *, by: User) -> None:
    ImportUpload.objects.filter(owner_id=by.pk, noun=importer.slug).delete()


def forget_uploads() -> int:
    """Throw away what nobody confirmed in time."""
    return ImportUpload.objects.filter(expires_at__lte=timezone.now()).delete()[0]


def _require(importer: Importer, by: User) -> None:
    reason = importer.refusal(by)
    if reason:
        raise Forbidden(reason)


def _write(importer: Importer, checked: Checked, reason: str, by: User) -> None:
    for row in checked.new:
        try:
            importer.write(row, by=by, reason=reason)
        except DomainError as error:
            error.message = f"{checked.sheet}!{row.number}: {error.message}"
            raise
