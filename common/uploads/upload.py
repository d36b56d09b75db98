"""The way in: what kind of file is it really, whatever it is called?"""

from django.utils.translation import gettext as _

from common.uploads.delimited import read_text
from common.uploads.grid import Limits, Refused, Workbook
from common.uploads.xlsx import read_workbook

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_OTHERS = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"MZ", b"\x7fELF", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"BZh",
    b"\xfd7zXZ", b"{\\rtf", b"SQLite", b"RIFF",
)  # fmt: skip
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<svg")


def read_upload(data: bytes, limits: Limits) -> Workbook:
    """The sheets of a workbook or text file; Refused where it is something else, or too much."""
    if not data.strip(b"\0 \t\r\n"):
        raise Refused(_("The file is empty. Fill in the template, save it, upload that."), code="empty")
    if len(data) > limits.bytes:
        raise too_big(limits)
    if data.startswith(_ZIP):
        return read_workbook(data, limits)
    if data.startswith(_OLE):
        raise _old_or_locked(data)
    if data.startswith(_OTHERS) or data.lstrip(b"\xef\xbb\xbf \t\r\n")[:9].lower().startswith(_MARKUP):
        raise Refused(
            _("This is neither an Excel workbook (.xlsx) nor text with separators (.csv). Upload one of these."),
            code="format",
        )
    return read_text(data, limits)


def too_big(limits: Limits) -> Refused:
    return Refused(
        _("The file is larger than %s MB. Split it, or delete what is not needed, such as pictures.")
        % round(limits.bytes / 2**20, 1),
        code="too_big",
    )


def _old_or_locked(data: bytes) -> Refused:
    if _LOCKED in data:
        return Refused(
            _("The workbook is locked by a password. Remove it in Excel (File > Info), upload again."),
            code="password",
        )
    return Refused(
        _("This is a workbook of Excel 97–2003 (.xls). Save it as Excel workbook (.xlsx), upload that."), code="xls"
    )
