"""Import of a table in two steps: the checked file is kept for its owner, then written whole or not at all."""

from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone, translation
from django.utils.module_loading import import_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from common import history
from common.background import enqueue
from common.errors import DomainError, Forbidden, Invalid, Stale
from common.imports import Checked, Importer, check, compare, parse
from common.uploads import Limits, read_upload
from common.uploads.content import plain_name
from tasks.models import ImportUpload

# Rows between two words about the progress, and for how many seconds such a word is kept.
TOLD_EVERY, PROGRESS_KEPT = 25, 3_600


def limits() -> Limits:
    return Limits(bytes=settings.IMPORT_MAX_MB * 2**20, rows=settings.IMPORT_MAX_ROWS)


def keep_upload(importer: Importer, *, by: User, name: str, content: bytes) -> ImportUpload:
    """Keep a file that can be read, for its owner and for two hours; errors in its rows do not matter yet.

    Raises Forbidden, or Refused for a file that is no table.
    """
    _require(importer, by)
    _require_idle(importer, by)
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
        upload = _locked(importer, by)
        count = _import(importer, upload, by=by, basis=basis, is_meant=is_meant)
        upload.delete()
    return count


def order_import(importer: Importer, *, by: User, basis: str, is_meant: bool = False) -> None:
    """Let a worker do what `confirm_import` does; `ImportUpload` tells what came of it, `progress_of` how far it is."""
    _require(importer, by)
    with transaction.atomic():
        upload = _locked(importer, by)
        path = f"{type(importer).__module__}.{type(importer).__qualname__}"
        upload.order = {"importer": path, "basis": basis, "is_meant": is_meant, "language": get_language()}
        upload.problem = ""
        upload.save(update_fields=["order", "problem"])
        enqueue("tasks.jobs.write_upload", upload.pk)


def write_upload(key: int) -> int:
    """Write what was ordered, all or nothing; how many rows. What refuses it is kept for its owner to read."""
    upload = ImportUpload.objects.select_for_update().filter(pk=key, written=None, order__isnull=False).first()
    if upload is None or (order := upload.order) is None:
        return 0
    with translation.override(order["language"]), history.through("import"):
        importer: Importer = import_string(order["importer"])()
        try:
            _require(importer, upload.owner)
            with transaction.atomic():
                upload.written = _import(
                    importer, upload, by=upload.owner, basis=order["basis"], is_meant=order["is_meant"]
                )
        except DomainError as error:
            upload.order, upload.problem = None, error.message
    if upload.written:
        upload.content, upload.standing = b"", {}
    upload.save()
    return upload.written or 0


def progress_of(upload: ImportUpload) -> tuple[int, int] | None:
    """How many rows are written, of how many; None where nothing is known of it."""
    found: tuple[int, int] | None = cache.get(_progress_key(upload))
    return found


def discard_upload(importer: Importer, *, by: User) -> None:
    _require_idle(importer, by)
    ImportUpload.objects.filter(owner_id=by.pk, noun=importer.slug).delete()


def forget_uploads() -> int:
    """Throw away what nobody confirmed in time."""
    return ImportUpload.objects.filter(expires_at__lte=timezone.now()).delete()[0]


def _require(importer: Importer, by: User) -> None:
    reason = importer.refusal(by)
    if reason:
        raise Forbidden(reason)


def _require_idle(importer: Importer, by: User) -> None:
    upload = pending_upload(importer, by=by)
    if upload is not None and upload.is_at_work:
        raise Invalid(_("Your last file is still being imported. Wait until that is done."), code="at_work")


def _locked(importer: Importer, by: User) -> ImportUpload:
    _require_idle(importer, by)
    rows = ImportUpload.objects.select_for_update().filter(owner_id=by.pk, noun=importer.slug, written=None)
    upload = rows.filter(expires_at__gt=timezone.now()).first()
    if upload is None:
        raise Invalid(_("There is no checked file any more: it was imported, discarded or has expired."), code="gone")
    return upload


def _import(importer: Importer, upload: ImportUpload, *, by: User, basis: str, is_meant: bool) -> int:
    checked = parse(importer, read_upload(bytes(upload.content), limits()), by)
    importer.lock(checked.rows, by)
    compare(importer, checked, by)
    if checked.basis != basis:
        raise Stale(_("Something changed since you saw this page. Nothing was imported; look at the rows again."))
    if checked.faults:
        raise Invalid(_("The file has errors. Nothing was imported."))
    if checked.cautions and not is_meant:
        raise Invalid(
            _("Nothing was imported. Look at what is pointed out below, and say that it is meant so."), code="caution"
        )
    _write(importer, checked, upload, by)
    return len(checked.new)


def _write(importer: Importer, checked: Checked, upload: ImportUpload, by: User) -> None:
    for number, row in enumerate(checked.new):
        if number % TOLD_EVERY == 0:
            cache.set(_progress_key(upload), (number, len(checked.new)), PROGRESS_KEPT)
        try:
            importer.write(row, by=by, reason=upload.reason)
        except DomainError as error:
            error.message = f"{checked.sheet}!{row.number}: {error.message}"
            raise


def _progress_key(upload: ImportUpload) -> str:
    return f"import-progress-{upload.pk}"
