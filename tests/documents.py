"""Documents of every kind that is taken as evidence, and of what is not, made on the spot."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable


def pdf(words: str = "Evidence") -> bytes:
    """One page with a line of text."""
    stream = f"BT /F1 24 Tf 20 100 Td ({words}) Tj ET".encode()
    font = b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Resources " + font + b" >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream),
    )
    body, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    ending = b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(body)
    return body + b"xref\n0 5\n0000000000 65535 f \n" + table + ending


def png(shade: int = 0) -> bytes:
    """A picture of 8 × 8 pixels in one grey."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = (b"\0" + bytes([shade]) * 8) * 8
    head = struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(50) + b"\xff\xd9"
GIF = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;"
WEBP = b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0/\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0"


def package(*names: str, media: str = "") -> bytes:
    """A ZIP package with parts of these names; `media` is the type that it states first."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        if media:
            made.writestr(zipfile.ZipInfo("mimetype"), media)
        for name in names:
            made.writestr(name, "<x/>")
    return file.getvalue()


def office(part: str, *more: str) -> bytes:
    return package("[Content_Types].xml", part, *more)


def compound(names: Iterable[str], content: bytes = b"", size: int = 512) -> bytes:
    """A compound file (OLE) with a directory of these names, and somewhere in it `content`."""
    entries = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HB", len(name) * 2 + 2, 2) + bytes(61)
        for name in ("Root Entry", *names)
    )
    directory = entries.ljust(-(-len(entries) // size) * size, b"\0")
    used = len(directory) // size
    links = [*range(2, used + 1), 0xFFFFFFFE]
    table = struct.pack(f"<{size // 4}I", 0xFFFFFFFD, *links, *[0xFFFFFFFF] * (size // 4 - 1 - used))
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, size.bit_length() - 1, 6)
    )
    head += bytes(10) + struct.pack("<IIIIIIII", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head = head[:76] + struct.pack("<I", 0) + b"\xff" * 432
    return head.ljust(size, b"\0") + table + directory + content.ljust(size, b"\0")


def hangul(flags: int = 0) -> bytes:
    header = b"HWP Document File".ljust(32, b"\0") + struct.pack("<II", 0x05010000, flags)
    return compound(("FileHeader", "DocInfo", "BodyText"), header)


WORD = office("word/document.xml")
# By the type that is found: a name that says something else, and the content.
TAKEN = {
    "pdf": ("announcement.pdf", pdf()),
    "png": ("site.png", png()),
    "jpeg": ("site.JPEG", JPEG),
    "gif": ("site.gif", GIF),
    "webp": ("site.webp", WEBP),
    "hwp": ("공문.hwp", hangul()),
    "hwpx": ("공문.hwpx", package("Contents/content.hpf", media="application/hwp+zip")),
    "docx": ("minutes.docx", WORD),
    "xlsx": ("table.xlsx", office("xl/workbook.xml", "xl/worksheets/sheet1.xml")),
    "pptx": ("slides.pptx", office("ppt/presentation.xml")),
    "doc": ("minutes.doc", compound(("WordDocument", "1Table"))),
    "xls": ("table.xls", compound(("Workbook",), size=4096)),
    "ppt": ("slides.ppt", compound(("PowerPoint Document",))),
    "odt": ("letter.odt", package("content.xml", media="application/vnd.oasis.opendocument.text")),
    "ods": ("table.ods", package("content.xml", media="application/vnd.oasis.opendocument.spreadsheet")),
    "text": ("실적.csv", "구분,금액\n집행,100".encode("cp949")),
}
PROGRAM = b"MZ\x90\0" + bytes(200) + b"This program cannot be run in DOS mode."


def endless() -> bytes:
    """A directory whose chain leads back to itself."""
    made = bytearray(compound(("WordDocument",)))
    made[512 + 4 : 512 + 8] = struct.pack("<I", 1)
    return bytes(made)


def far_too_many_parts() -> bytes:
    """An ending that speaks of a directory of two gigabytes."""
    return b"PK\x03\x04" + bytes(60) + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, 2**31, 0, 0)


# By what it is: a name that pretends, the content, the code of the refusal.
REFUSED = {
    "empty": ("empty.pdf", b"", "empty"),
    "zeros": ("zeros.pdf", bytes(100), "empty"),
    "program of Windows": ("report.pdf", PROGRAM, "program"),
    "program of Linux": ("photo.png", b"\x7fELF\x02\x01\x01" + bytes(99), "program"),
    "script": ("notes.txt", b"#!/bin/sh\nrm -rf /\n", "program"),
    "shortcut": ("공문.hwp", b"L\0\0\0\x01\x14\x02\0" + bytes(99), "program"),
    "installer": ("setup.doc", compound(("\u4840\u3f3f\u4577\u446c",)), "program"),
    "web page": ("letter.pdf", b"\xef\xbb\xbf \n<!DOCTYPE html><p>", "markup"),
    "drawing": ("plan.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "markup"),
    "archive": ("all.zip", package("a.pdf", "b.pdf"), "archive"),
    "archive called PDF": ("all.pdf", package("a.pdf"), "archive"),
    "jar": ("x.docx", package("META-INF/MANIFEST.MF", "A.class"), "archive"),
    "rar": ("all.rar", b"Rar!\x1a\x07\x01\0" + bytes(99), "archive"),
    "7z": ("all.7z", b"7z\xbc\xaf\x27\x1c" + bytes(99), "archive"),
    "gzip": ("all.csv", b"\x1f\x8b\x08" + bytes(99), "archive"),
    "macros": ("table.xlsx", office("xl/workbook.xml", "xl/vbaProject.bin"), "macros"),
    "old macros": ("minutes.doc", compound(("WordDocument", "Macros", "VBA")), "macros"),
    "locked": ("minutes.docx", compound(("EncryptionInfo", "EncryptedPackage")), "password"),
    "locked Hangul": ("공문.hwp", hangul(0b10), "password"),
    "cut PDF": ("announcement.pdf", pdf()[:-30], "damaged"),
    "cut PNG": ("site.png", png()[:-12], "damaged"),
    "cut package": ("minutes.docx", WORD[:-30], "damaged"),
    "endless": ("minutes.doc", endless(), "damaged"),
    "vast directory": ("minutes.docx", far_too_many_parts(), "damaged"),
    "other compound": ("mail.msg", compound(("__nameid_version1.0",)), "type"),
    "noise": ("data.bin", bytes(range(256)) * 4, "type"),
}
