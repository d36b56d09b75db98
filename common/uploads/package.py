"""The ZIP package of a workbook: its directory is judged before anything in it is unpacked."""

import io
import zipfile
import zlib

from django.utils.translation import gettext as _

from common.uploads.grid import Limits, Refused

# An honest workbook packs at most some tens to one; the worst honest sheets stay below this.
MAX_RATIO = 200
RATIO_COUNTS_FROM = 2**20
ARCHIVES = (".zip", ".7z", ".rar", ".gz", ".tar", ".bz2", ".xz", ".xlsx", ".xlsm", ".jar")


class Package:
    """The parts of a package that may be read; `parts` is their total size, unpacked."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeDecodeError) as error:
            raise damaged() from error
        _judge(entries, len(data), limits)
        self._names = {entry.filename.lower(): entry for entry in entries}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._names

    @property
    def names(self) -> set[str]:
        return set(self._names)

    def read(self, name: str) -> bytes:
        """One part. It never grows beyond the size that the directory states, which was judged."""
        entry = self._names.get(name.lower())
        if entry is None:
            raise damaged()
        try:
            with self._zip.open(entry) as part:
                return part.read(entry.file_size)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
            raise damaged() from error


def damaged() -> Refused:
    return Refused(
        _("The file is no complete Excel workbook. Open it in Excel, save it again as .xlsx, upload that."),
        code="damaged",
    )


def bomb() -> Refused:
    return Refused(
        _("The file unpacks to far more than a table needs. Copy the rows into a fresh template."), code="bomb"
    )


def _judge(entries: list[zipfile.ZipInfo], size: int, limits: Limits) -> None:
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Refused(
            _("The workbook is locked by a password. Remove it in Excel (File > Info), upload again."),
            code="password",
        )
    if _is_bomb(entries, size, limits):
        raise bomb()
    if any(_is_odd(entry) for entry in entries) or _has_twins(entries):
        raise Refused(
            _("The file holds parts that belong in no workbook. Copy the rows into a fresh template."),
            code="package",
        )


def _is_bomb(entries: list[zipfile.ZipInfo], size: int, limits: Limits) -> bool:
    """Too many parts, too much in all, packed too tightly, or parts that lie on top of each other."""
    tight = any(
        entry.file_size > RATIO_COUNTS_FROM and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
        for entry in entries
    )
    return (
        tight
        or len(entries) > limits.parts
        or sum(entry.file_size for entry in entries) > limits.unpacked
        or sum(entry.compress_size for entry in entries) > size
    )


def _is_odd(entry: zipfile.ZipInfo) -> bool:
    """A path that leads out, a packing that workbooks do not use, an archive in the archive, a link."""
    name = entry.orig_filename
    leads_out = name.startswith(("/", "\\")) or "\\" in name or ":" in name or "\0" in name
    is_link = (entry.external_attr >> 16) & 0o170000 == 0o120000
    return (
        leads_out
        or is_link
        or ".." in name.split("/")
        or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        or name.lower().endswith(ARCHIVES)
    )


def _has_twins(entries: list[zipfile.ZipInfo]) -> bool:
    names = [entry.filename.lower() for entry in entries]
    return len(set(names)) < len(names)
