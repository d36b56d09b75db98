"""The only XML parser for files from outside: no document type, no entity, nothing fetched.

The part is given to expat in one piece: in pieces, one endless token costs quadratic time.
"""

from collections.abc import Callable
from typing import Any
from xml.parsers import expat

from common.uploads.package import bomb, damaged

Attributes = dict[str, str]
# Far more than a table within the limits has, and read within a second.
MAX_ELEMENTS = 400_000


def parse(
    data: bytes,
    *,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Call `start`, `end` and `text` with names without their namespaces."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.ExternalEntityRefHandler = _refuse
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    left = MAX_ELEMENTS

    def started(name: str, found: Attributes) -> None:
        nonlocal left
        left -= 1
        if not left:
            raise bomb()
        start(_local(name), {_local(key): value for key, value in found.items()})

    parser.StartElementHandler = started
    if end is not None:
        ended = end
        parser.EndElementHandler = lambda name: ended(_local(name))
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, UnicodeError, LookupError) as error:
        raise damaged() from error


def _refuse(*_arguments: Any) -> Any:
    raise damaged()


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
