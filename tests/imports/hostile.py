"""Files that nobody should send, made on the spot: (name, bytes, the code of the refusal)."""

import io
import struct
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any

from tests.imports.conftest import book, row, saved

Content = bytes | tuple[bytes, int]
MIB = 2**20
DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd">'
PARAMETER = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]>'
SHEET = "xl/worksheets/sheet1.xml"
PARTS = (SHEET, "xl/workbook.xml", "xl/styles.xml", "_rels/.rels", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml")


def good() -> bytes:
    return saved(book([row()]))


def repacked(changes: dict[str, Content | None] | None = None, extra: Iterable[tuple[Any, Content]] = ()) -> bytes:
    """The good workbook with parts replaced, left out (None) or added."""
    changes, file = changes or {}, io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good())) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            put(new, name, changes.get(name, old.read(name)))
        for entry, content in extra:
            put(new, entry, content)
    return file.getvalue()


def put(package: zipfile.ZipFile, entry: Any, content: Content | None) -> None:
    """Content, or a megabyte of it so many times: packed bit by bit, so that the test itself stays small."""
    if isinstance(content, bytes):
        package.writestr(entry, content)
    elif content is not None:
        chunk, times = content
        with package.open(entry, "w") as part:
            for _ in range(times):
                part.write(chunk)


def part(name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(good())) as package:
        return package.read(name)


def _body(xml: bytes) -> bytes:
    return xml.split(b"?>", 1)[1] if xml.startswith(b"<?xml") else xml


def sheet_of(data: str) -> bytes:
    return repacked({SHEET: f'<worksheet xmlns="x"><sheetData>{data}</sheetData></worksheet>'.encode()})


def not_tables() -> Iterator[tuple[str, bytes, str]]:
    yield "empty", b"", "empty"
    yield "blanks", b" \r\n\t\n", "empty"
    yield "zeros", bytes(1000), "empty"
    yield "png", b"\x89PNG\r\n\x1a\n" + bytes(500), "format"
    yield "jpeg", b"\xff\xd8\xff\xe0" + bytes(500), "format"
    yield "gif", b"GIF89a" + bytes(500), "format"
    yield "pdf", b"%PDF-1.7 " + bytes(500), "format"
    yield "program", b"MZ\x90" + bytes(500), "format"
    yield "elf", b"\x7fELF" + bytes(500), "format"
    yield "gzip", b"\x1f\x8b\x08" + bytes(500), "format"
    yield "rar", b"Rar!\x1a\x07" + bytes(500), "format"
    yield "7z", b"7z\xbc\xaf\x27\x1c" + bytes(500), "format"
    yield "bzip2", b"BZh91AY" + bytes(500), "format"
    yield "xz", b"\xfd7zXZ\0" + bytes(500), "format"
    yield "rtf", b"{\\rtf1 hello}", "format"
    yield "html", b"<html><table><tr><td>1</td></tr></table></html>", "format"
    yield "html with mark", b"\xef\xbb\xbf<!DOCTYPE html><p>", "format"
    yield "svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "format"
    yield "xml spreadsheet", b'<?xml version="1.0"?><Workbook/>', "format"
    yield "xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "xls"
    yield (
        "password",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        "password",
    )
    yield "no encoding", b"a,b\r\n\xff\xfe\xfd\x80,\x81\r\n", "encoding"
    yield "odd utf-16", b"\xff\xfea\0b", "encoding"


def packages() -> Iterator[tuple[str, bytes, str]]:
    yield "mere zip", zipped({"readme.txt": b"x"}), "zip"
    yield "empty zip", zipped({}), "zip"
    yield "ods", zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}), "ods"
    yield "xlsm", repacked(extra=[("xl/vbaProject.bin", b"x")]), "macros"
    types = (
        part("[Content_Types].xml")
        .replace(b"spreadsheetml.sheet.main", b"x")
        .replace(b"</Types>", b"<!-- macroEnabled --></Types>")
    )
    yield "xlsm by type", repacked({"[Content_Types].xml": types}), "macros"
    yield "xlsb", repacked({"xl/workbook.xml": None}, [("xl/workbook.bin", b"x")]), "xlsb"
    yield "cut off", good()[:-100], "damaged"
    yield "cut in half", good()[: len(good()) // 2], "damaged"
    yield "flipped", flipped(good()), "damaged"
    yield "head alone", b"PK\x03\x04" + bytes(200), "damaged"
    yield "no workbook", repacked({"xl/workbook.xml": None}), "damaged"
    yield "no sheet", repacked({SHEET: None}), "damaged"
    yield "no relations", repacked({"xl/_rels/workbook.xml.rels": None}), "damaged"
    yield "locked part", locked(good()), "password"
    for path in ("../../etc/passwd", "/etc/passwd", "C:\\windows\\x", "xl\\..\\x", "a/../../b", "x\0y"):
        yield (
            f"path {path!r}",
            repacked(extra=[(zipfile.ZipInfo("p" * len(path)), b"x")]).replace(b"p" * len(path), path.encode()),
            "package",
        )
    link = zipfile.ZipInfo("xl/link")
    link.external_attr = 0o120777 << 16
    yield "link", repacked(extra=[(link, b"/etc/passwd")]), "package"
    yield "archive inside", repacked(extra=[("xl/embeddings/more.zip", b"PK")]), "package"
    yield "workbook inside", repacked(extra=[("xl/embeddings/x.xlsx", good())]), "package"
    yield "same part twice", repacked(extra=[("XL/workbook.xml", b"<x/>")]), "package"
    for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        other = zipfile.ZipInfo("xl/other.xml")
        other.compress_type = method
        yield f"packing {method}", repacked(extra=[(other, b"<x/>")]), "package"


def bombs() -> Iterator[tuple[str, bytes, str]]:
    yield "300 MB of zeros", repacked(extra=[("xl/media/zero.bmp", (bytes(MIB), 300))]), "bomb"
    yield "300 MB of cells", repacked({SHEET: (b"<c><v>1</v></c>" * 70_000, 300)}), "bomb"
    yield "many small", repacked(extra=[(f"xl/p{n}.xml", bytes(MIB)) for n in range(60)]), "bomb"
    yield "many parts", repacked(extra=[(f"xl/p{n}.xml", b"") for n in range(3_000)]), "bomb"
    yield "lying size", lying(repacked(extra=[("xl/zz.xml", b"x" * MIB)])), "bomb"
    yield "laughs", repacked({SHEET: DOCTYPE + b"<worksheet>&b;</worksheet>"}), "damaged"
    for name in PARTS[:-1]:
        yield f"doctype in {name}", repacked({name: DOCTYPE + _body(part(name))}), "damaged"
        yield f"outside in {name}", repacked({name: OUTSIDE + _body(part(name))}), "damaged"
    yield "parameter entity", repacked({SHEET: PARAMETER + _body(part(SHEET))}), "damaged"
    yield (
        "doctype in utf-16",
        repacked(
            {SHEET: (DOCTYPE + b"<worksheet/>").decode().replace("?>", ' encoding="UTF-16"?>', 1).encode("utf-16")}
        ),
        "damaged",
    )
    yield "odd encoding", repacked({SHEET: b'<?xml version="1.0" encoding="x-none"?><worksheet/>'}), "damaged"
    yield "no xml", repacked({SHEET: b"\0\1\2"}), "damaged"
    yield "open tag", repacked({SHEET: b"<worksheet><sheetData>"}), "damaged"
    yield (
        "far corner",
        sheet_of('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        "too_many_rows",
    )
    yield "far column", sheet_of('<row r="1"><c r="XFD1"><v>1</v></c></row>'), "too_many_rows"
    yield (
        "too many rows",
        sheet_of("".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 20_000))),
        "too_many_rows",
    )
    yield "rows without number", sheet_of("<row><c><v>1</v></c></row>" * 30_000), "too_many_rows"
    yield "one endless row", sheet_of("<row>" + "<c><v>1</v></c>" * 60_000 + "</row>"), "too_many_rows"
    yield "deep nesting", repacked({SHEET: b"<a>" * 300_000}), "damaged"
    cells = "".join(f'<c s="{n * 7919 % 9973}"/>' for n in range(900_000))
    yield "endless empty cells", sheet_of(f"<row>{cells}</row>"), "bomb"
    formats = "".join(f'<xf numFmtId="{n * 7919 % 9973}"/>' for n in range(900_000))
    yield (
        "endless formats",
        repacked({"xl/styles.xml": f"<styleSheet><cellXfs>{formats}</cellXfs></styleSheet>".encode()}),
        "bomb",
    )
    strings = b"<sst>" + b"<si><t>a</t></si>" * 600_000 + b"</sst>"
    yield "endless texts", with_strings(strings), "bomb"
    yield "too big", b"a," * (3 * MIB), "too_big"
    yield "text of many rows", b"a,b\r\n" * 400_000, "too_many_rows"


def zipped(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def with_strings(strings: bytes) -> bytes:
    relations = part("xl/_rels/workbook.xml.rels")
    if b"sharedStrings" not in relations:
        kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
        line = b'<Relationship Id="rId99" Type="' + kind + b'" Target="sharedStrings.xml"/>'
        relations = relations.replace(b"</Relationships>", line + b"</Relationships>")
        return repacked({"xl/_rels/workbook.xml.rels": relations}, [("xl/sharedStrings.xml", strings)])
    return repacked({"xl/sharedStrings.xml": strings})


def flipped(data: bytes) -> bytes:
    """A bit of the packed sheet turned."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        entry = package.getinfo(SHEET)
    at = entry.header_offset + 30 + len(entry.filename) + entry.compress_size // 2
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


def locked(data: bytes) -> bytes:
    """Every entry of the directory marked as encrypted."""
    return data.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")


def lying(data: bytes) -> bytes:
    """The directory says that the last part is small on disk."""
    at = data.rindex(b"PK\x01\x02")
    return data[: at + 20] + struct.pack("<L", 2**31) + data[at + 24 :]


def all_of_them() -> list[tuple[str, bytes, str]]:
    return [*not_tables(), *packages(), *bombs()]
