"""Who publishes the pages that sources name by address, read once from `publishers.yaml`."""

import re
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from django.utils.translation import get_language
from django.utils.translation import gettext as _

FILE = Path(__file__).with_suffix(".yaml")
# An address that was cut short (it ends with three dots) leads nowhere and is text.
ADDRESS = re.compile(r"(https?://\S+)(?<!\.\.\.)(?=\s|$)")


@cache
def publishers() -> dict[str, dict[str, str] | None]:
    """By host, the publisher's names; None where it is not known for sure."""
    return yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def entry_of(host: str) -> str:
    """The entry that a host falls under, itself or the nearest above it; "" where there is none."""
    labels = host.split(".")
    above = (".".join(labels[start:]) for start in range(len(labels)))
    return next((name for name in above if name in publishers()), "")


def host_of(url: str) -> str:
    return urlsplit(url).netloc.removeprefix("www.").removeprefix("m.")


def publisher(url: str) -> str:
    """The publisher in the reader's language; "" where it is not known for sure."""
    names = publishers().get(entry_of(host_of(url)))
    return names["name_ko" if (get_language() or "ko").startswith("ko") else "name_en"] if names else ""


def names_publisher(text: str, url: str) -> bool:
    """Whether words already say, in either language, who publishes the page."""
    names = publishers().get(entry_of(host_of(url))) or {}
    return any(name.casefold() in text.casefold() for name in names.values())


def said_by(text: str) -> str:
    """The text with whose page it is in place of every address: the publisher, else the host and that nobody knows."""
    parts = ADDRESS.split(text)  # every other one is an address
    return "".join(_told(part, parts[place - 1]) if place % 2 else part for place, part in enumerate(parts))


def _told(url: str, before: str) -> str:
    if names_publisher(before, url):
        return host_of(url)
    return publisher(url) or f"{host_of(url)} ({_('publisher not known')})"
