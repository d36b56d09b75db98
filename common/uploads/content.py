"""What kind of document a file is, by its content: the closed list of what is kept, and why all else is refused.

A name says nothing. A guess among hundreds of types would be the wrong tool as well: here a file must prove to be one
of a few. Nothing is unpacked; of a package only the directory is read, and of that no more than an honest one has.
"""

import io
import re
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.uploads.compound import FIRST as COMPOUND
from common.uploads.compound import streams
from common.uploads.grid import Refused

LONGEST_NAME = 120
# Of an honest document the directory has some tens of bytes for each of a few thousand parts.
MOST_DIRECTORY = 2**20
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")


@dataclass(frozen=True)
class FileType:
    """One kind of document; `suffixes` are those that its name may have, the usual one first."""

    key: str
    media: str
    suffixes: tuple[str, ...]
    label: Any


_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
_WORD, _SHEET, _SLIDES = (gettext_lazy("Word document"), gettext_lazy("Excel workbook"), gettext_lazy("PowerPoint"))
_HANGUL = gettext_lazy("Hangul document")
TYPES = {
    found.key: found
    for found in (
        FileType("pdf", "application/pdf", (".pdf",), "PDF"),
        FileType("png", "image/png", (".png",), "PNG"),
        FileType("jpeg", "image/jpeg", (".jpg", ".jpeg"), "JPEG"),
        FileType("gif", "image/gif", (".gif",), "GIF"),
        FileType("webp", "image/webp", (".webp",), "WebP"),
        FileType("hwp", "application/x-hwp", (".hwp",), _HANGUL),
        FileType("hwpx", "application/hwp+zip", (".hwpx",), _HANGUL),
        FileType("docx", f"{_OFFICE}.wordprocessingml.document", (".docx",), _WORD),
        FileType("xlsx", f"{_OFFICE}.spreadsheetml.sheet", (".xlsx",), _SHEET),
        FileType("pptx", f"{_OFFICE}.presentationml.presentation", (".pptx",), _SLIDES),
        FileType("doc", "application/msword", (".doc",), _WORD),
        FileType("xls", "application/vnd.ms-excel", (".xls",), _SHEET),
        FileType("ppt", "application/vnd.ms-powerpoint", (".ppt",), _SLIDES),
        FileType("odt", f"{_OPEN}.text", (".odt",), gettext_lazy("OpenDocument text")),
        FileType("ods", f"{_OPEN}.spreadsheet", (".ods",), gettext_lazy("OpenDocument table")),
        FileType("text", "text/plain", (".txt", ".csv", ".tsv", ".md"), gettext_lazy("text or CSV")),
    )
}
# What browsers show without running anything of it.
SHOWN_INLINE = frozenset(TYPES[key].media for key in ("pdf", "png", "jpeg", "gif", "webp"))

# How a type begins and ends, and in how many of its last bytes the end is looked for: cut off on its way it is no
# evidence. What cameras put behind a picture may be long.
_WITH_ENDING = (
    ((b"%PDF-",), "pdf", b"%%EOF", 4096),
    ((b"\x89PNG\r\n\x1a\n",), "png", b"IEND", 4096),
    ((b"\xff\xd8\xff",), "jpeg", b"\xff\xd9", 2**23),
    ((b"GIF87a", b"GIF89a"), "gif", b";", 4096),
)
_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"#!",
    b"L\0\0\0\x01\x14",
)
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"MSCF")
_MARKUP = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script", b"<?php")
_OF_PACKAGE = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
_OF_MEDIA = {TYPES[key].media: key for key in ("hwpx", "odt", "ods")}
_OF_STREAM = {"WordDocument": "doc", "Workbook": "xls", "Book": "xls", "PowerPoint Document": "ppt"}
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_UNSAFE_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"|?*\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]')


def file_type(data: bytes, allowed: Collection[str]) -> FileType:
    """The one of `allowed` (keys of TYPES) that the content is. Refused, with what to do, where it is none."""
    found = TYPES[_key_of(data, allowed)]
    if found.key not in allowed:
        raise Refused(
            _("%(type)s files are not taken here. Taken: %(taken)s.") % {"type": found.label, "taken": labels(allowed)},
            code="type",
        )
    return found


def labels(allowed: Collection[str]) -> str:
    """What is taken, in words; kinds with one name stand once."""
    return ", ".join(dict.fromkeys(str(found.label) for key, found in TYPES.items() if key in allowed))


def media_label(media: str) -> str:
    """A media type as a reader calls it."""
    return next((str(found.label) for found in TYPES.values() if found.media == media), media)


def plain_name(name: str, suffixes: tuple[str, ...] = ()) -> str:
    """The name of a file without folders and what hides in names; with one of the suffixes, where any are given."""
    found = _UNSAFE_IN_NAMES.sub("", re.split(r"[\\/]", name)[-1]).strip(". ")
    suffix = PurePath(found).suffix.lower()
    if suffixes and suffix not in suffixes:
        found, suffix = f"{found}{suffixes[0]}", suffixes[0]
    if len(found) > LONGEST_NAME:
        found = found[: LONGEST_NAME - len(suffix)] + suffix
    return found or "file"


def _key_of(data: bytes, allowed: Collection[str]) -> str:
    if not data.strip(b"\0 \t\r\n"):
        raise Refused(_("The file is empty. Look whether it was saved, then choose it again."), code="empty")
    _refuse_by_sight(data)
    for beginnings, key, ending, within in _WITH_ENDING:
        if data.startswith(beginnings):
            if ending not in data[-within:]:
                raise _damaged()
            return key
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "webp"
    if data.startswith(_ZIP):
        return _of_zip(data)
    if data.startswith(COMPOUND):
        return _of_compound(data, allowed)
    return _of_text(data, allowed)


def _refuse_by_sight(data: bytes) -> None:
    if data.startswith(_PROGRAMS):
        raise _program()
    if data.startswith(_ARCHIVES) or data[257:262] == b"ustar":
        raise _archive()
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:9].lower().startswith(_MARKUP):
        raise Refused(
            _("This is a web page or a drawing that can run programs. Print it as PDF, or save a picture of it (PNG)."),
            code="markup",
        )


def _of_zip(data: bytes) -> str:
    names, media = _directory(data)
    if any(name.endswith(("vbaproject.bin", ".exe", ".dll")) for name in names):
        raise _macros()
    if media in _OF_MEDIA:
        return _OF_MEDIA[media]
    if "[content_types].xml" in names:
        for part, key in _OF_PACKAGE.items():
            if part in names:
                return key
    raise _archive()


def _directory(data: bytes) -> tuple[set[str], str]:
    """The names in a package, in small letters, and the media type that it states."""
    end = data.rfind(b"PK\x05\x06")
    is_long = int.from_bytes(data[end + 12 : end + 16], "little") > MOST_DIRECTORY
    if end < 0 or is_long or data[max(end - 20, 0) :].startswith(b"PK\x06\x07"):  # the last: one of more than 4 GB
        raise _damaged()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
            if any(entry.flag_bits & 0x1 for entry in entries):
                raise _locked()
            media = ""
            if entries and entries[0].filename == "mimetype" and entries[0].compress_type == zipfile.ZIP_STORED:
                with package.open(entries[0]) as part:
                    media = part.read(100).decode("ascii", "replace").strip()
            return {entry.filename.lower() for entry in entries}, media
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise _damaged() from error


def _of_compound(data: bytes, allowed: Collection[str]) -> str:
    try:
        found = streams(data)
    except ValueError as error:
        raise _damaged() from error
    if "EncryptedPackage" in found:
        raise _locked()
    if any(name in found for name in ("_VBA_PROJECT", "VBA", "_VBA_PROJECT_CUR")):
        raise _macros()
    if {"FileHeader", "DocInfo"} <= found:
        return _of_hangul(data)
    for name, key in _OF_STREAM.items():
        if name in found:
            return key
    if any(ord(name[0]) >= 0x3800 for name in found if name):  # how installers of Windows pack the names of tables
        raise _program()
    raise _unknown(allowed)


def _of_hangul(data: bytes) -> str:
    """Hangul 5: its header says what it is, and whether a password locks it."""
    header = data.find(b"HWP Document File")
    if header < 0:
        raise _damaged()
    if int.from_bytes(data[header + 36 : header + 40], "little") & 0b10:
        raise _locked()
    return "hwp"


def _of_text(data: bytes, allowed: Collection[str]) -> str:
    for codec in ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8", "cp949"):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if not _UNPRINTABLE.search(text):
            return "text"
    raise _unknown(allowed)


def _program() -> Refused:
    return Refused(
        _("This is a program, whatever its name says. Upload the document itself, for instance as PDF."), code="program"
    )


def _archive() -> Refused:
    return Refused(
        _("This is an archive. Unpack it and upload what is in it; several files at once are fine."), code="archive"
    )


def _locked() -> Refused:
    return Refused(_("It is locked by a password. Remove the password, save it, upload that."), code="password")


def _macros() -> Refused:
    return Refused(
        _("It holds macros or programs. Save it without macros (.docx, .xlsx, .pptx) or as PDF, upload that."),
        code="macros",
    )


def _damaged() -> Refused:
    return Refused(
        _("It is damaged or was cut off. Open it, save it again, upload that; a PDF printed from it will do as well."),
        code="damaged",
    )


def _unknown(allowed: Collection[str]) -> Refused:
    return Refused(
        _("By its content it is none of what is taken: %s. Save it as PDF, upload that.") % labels(allowed), code="type"
    )
