"""A page as a tree, as small as the rules of truth need it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Node:
    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    parent: "Node | None" = None
    children: list["Node | str"] = field(default_factory=list)

    def __iter__(self) -> Iterator["Node"]:
        """Every element below, in the order of the page."""
        todo = self.children[::-1]
        while todo:
            child = todo.pop()
            if isinstance(child, Node):
                yield child
                todo += child.children[::-1]

    def all(self, tag: str = "", css: str = "", **attrs: str) -> list["Node"]:
        wanted = attrs.items()
        return [
            node for node in self
            if (not tag or node.tag == tag) and (not css or node.has(css)) and wanted <= node.attrs.items()
        ]  # fmt: skip

    def has(self, css: str) -> bool:
        return css in self.attrs.get("class", "").split()

    def above(self, test: Callable[["Node"], bool]) -> "Node | None":
        """The nearest ancestor that passes."""
        node = self.parent
        while node is not None and not test(node):
            node = node.parent
        return node

    @property
    def text(self) -> str:
        return " ".join("".join(self._texts()).split())

    @property
    def pieces(self) -> str:
        """The same with a bar between elements, so that words of two cells do not make a phrase."""
        return " | ".join(" ".join(text.split()) for text in self._texts() if text.strip())

    def _texts(self) -> Iterator[str]:
        for child in self.children:
            yield from child._texts() if isinstance(child, Node) else (child,)


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = self.here = Node("document")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(node)
        if tag not in VOID:
            self.here = node

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.here.children.append(Node(tag, {name: value or "" for name, value in attrs}, self.here))

    def handle_endtag(self, tag: str) -> None:
        node: Node | None = self.here
        while node is not None and node.tag != tag:
            node = node.parent
        if node is not None and node.parent is not None:
            self.here = node.parent

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


def parse(html: str) -> Node:
    builder = _Builder()
    builder.feed(html)
    return builder.root
