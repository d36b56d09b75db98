"""`manage.py messages`: collects the texts of code and templates and compiles translations, without GNU gettext."""

import io
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation.template import templatize

KEYWORDS = {
    **DEFAULT_KEYWORDS,
    **{f"{name}_lazy": spec for name, spec in DEFAULT_KEYWORDS.items() if not name.startswith("_")},
    # `gettext as _now`, where a module has the lazy one as `_`.
    "_now": DEFAULT_KEYWORDS["_"],
}
LEFT_OUT = {".git", ".venv", "build", "node_modules", "tests", "var"}
# Examples and the two-language error page, which no reader meets or which need no catalogue.
LEFT_OUT_FILES = {"common/gallery.py", "templates/components/_gallery.html", "templates/500.html"}


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--compile", action="store_true", help="compile only")
        parser.add_argument(
            "--check", action="store_true", help="change nothing; fail where a text or translation is missing"
        )

    def handle(self, **options: Any) -> None:
        for path in sorted(Path(settings.BASE_DIR).glob("locale/*/LC_MESSAGES/django.po")):
            stored = _read(path)
            catalog = stored if options["compile"] else _merged(stored)
            missing = [str(message.id) for message in catalog if message.id and not _is_translated(message)]
            if options["check"]:
                new = [str(m.id) for m in catalog if m.id and stored.get(m.id, m.context) is None]
                if missing or new:
                    raise CommandError(f"{path}: not translated: " + "; ".join(sorted({*missing, *new})))
                continue
            if not options["compile"]:
                _write(path, catalog)
            with path.with_suffix(".mo").open("wb") as file:
                write_mo(file, catalog)
            self.stdout.write(
                f"{path.relative_to(settings.BASE_DIR)}: {len(catalog)} texts, {len(missing)} not translated"
            )


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name, charset="utf-8")


def _write(path: Path, catalog: Catalog) -> None:
    text = io.BytesIO()
    write_po(text, catalog, width=110, sort_output=True, omit_header=True, ignore_obsolete=True, include_lineno=False)
    header = f'msgid ""\nmsgstr ""\n"Language: {catalog.locale_identifier}\\n"\n"MIME-Version: 1.0\\n"\n'
    header += '"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
    header += f'"Plural-Forms: {catalog.plural_forms}\\n"\n\n'
    path.write_text(header + text.getvalue().decode(), encoding="utf-8")


def _merged(stored: Catalog) -> Catalog:
    """What the sources say now, with the translations that are already there. Nothing is guessed."""
    merged = Catalog(locale=stored.locale, charset="utf-8")
    for name, text, context, comments in _texts():
        merged.add(text, locations=[(name, 0)], auto_comments=comments, context=context)
    for message in merged:
        known = stored.get(message.id, message.context) if message.id else None
        if known:
            message.string, message.flags = known.string, known.flags | message.flags
    return merged


def _texts() -> Iterator[tuple[str, Any, str | None, list[str]]]:
    root = Path(settings.BASE_DIR)
    for path in sorted((*root.rglob("*.py"), *root.rglob("*.html"), *root.rglob("*.txt"))):
        name = path.relative_to(root).as_posix()
        if (
            LEFT_OUT & set(path.relative_to(root).parts)
            or name in LEFT_OUT_FILES
            or path.name.startswith("requirements")
        ):
            continue
        source = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            # What templatize leaves is not quite Python: without indentation it can be read as tokens.
            source = "\n".join(line.lstrip() for line in templatize(source, origin=name).splitlines())
        for _line, text, comments, context in extract("python", io.BytesIO(source.encode()), KEYWORDS):
            if text:
                yield name, text, context, comments


def _is_translated(message: Any) -> bool:
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(strings)
