"""The two rules that read the code: who writes rows, and where doors start. Pure functions of source text."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = (
    "accounts", "clusters", "common", "ecosystem", "investment", "strategy", "talent", "tasks", "technology", "trade",
)  # fmt: skip

MODEL_WRITES = {"save", "create", "bulk_create", "get_or_create", "update_or_create", "bulk_update"}
MODEL_WRITES |= {f"a{name}" for name in MODEL_WRITES}
# A dictionary's or a cache's own take a positional argument, a queryset's never does.
QUERYSET_WRITES = {"update", "delete", "aupdate", "adelete"}
RELATION_WRITES = {"set", "add", "remove", "clear"}
SQL_WRITES = ("INSERT", "UPDATE", "DELETE", "TRUNCATE", "MERGE", "COPY")

# Where rows may be written: actions, the rollup engine, news derived from the log, starter data, migrations.
WRITERS = ("actions", "rollups", "notifying", "seed", "migrations")
# Layers below the doors: they are called with what the doors have found.
BELOW_DOORS = {
    "actions",
    "rollups",
    "notifying",
    "seed",
    "migrations",
    "models",
    "querysets",
    "permissions",
    "management",
    "jobs",
    "relay",
}


@dataclass(frozen=True)
class Finding:
    path: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}"


def modules(root: Path = ROOT, packages: Iterable[str] = PACKAGES) -> Iterator[tuple[str, str]]:
    """Path relative to the root, and text, of every module of ours."""
    for package in packages:
        for path in sorted((root / package).rglob("*.py")):
            yield path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")


def parts(path: str) -> set[str]:
    """The package names and the module's own name below the top-level package."""
    return set(Path(path).with_suffix("").parts[1:])


# The single writer


def is_writer(path: str) -> bool:
    return not parts(path).isdisjoint(WRITERS)


def writes(path: str, source: str, relations: Iterable[str] = ()) -> Iterator[Finding]:
    """Calls that write rows; `relations` are the names of many-to-many fields."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            what = _written(node, node.func, set(relations))
            if what:
                yield Finding(path, node.lineno, what)


def _written(call: ast.Call, function: ast.Attribute, relations: set[str]) -> str:
    name, owner = function.attr, function.value
    if name in MODEL_WRITES or (name in QUERYSET_WRITES and not call.args):
        return f".{name}("
    if name in RELATION_WRITES and isinstance(owner, ast.Attribute) and owner.attr in relations:
        return f".{owner.attr}.{name}("
    if name in {"execute", "executemany"} and _sql(call).lstrip().upper().startswith(SQL_WRITES):
        return f".{name}({_sql(call).split()[0]}"
    return ""


def _sql(call: ast.Call) -> str:
    """The beginning of the statement, where it is written out in the call."""
    first = call.args[0] if call.args else None
    if isinstance(first, ast.JoinedStr) and first.values:
        first = first.values[0]
    return str(first.value) if isinstance(first, ast.Constant) else ""


# Doors start from what the reader may see


def is_door(path: str) -> bool:
    return parts(path).isdisjoint(BELOW_DOORS)


def unseen(path: str, source: str) -> Iterator[Finding]:
    """`Model.objects` that is not followed by `visible_to(…)`.

    Two other forms are sound. The `queryset` of an API view made of `ReadOnly` or `ReadOnlyList`, whose
    `get_queryset` narrows it (and may not be replaced). And a subquery tied by `OuterRef` to a row that was found visible.
    """
    tree = ast.parse(source)
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager", "_base_manager"}):
            continue
        following = parents.get(node)
        name = following.attr if isinstance(following, ast.Attribute) else ""
        call = parents.get(following) if following else None
        if name == "visible_to" or _is_correlated(call, following) or _is_narrowed_by_its_view(node, parents):
            continue
        yield Finding(path, node.lineno, f"{ast.unparse(node)}.{name or '…'} without visible_to(…)")


def _is_correlated(call: ast.AST | None, function: ast.AST | None) -> bool:
    if not (isinstance(call, ast.Call) and call.func is function):
        return False
    values = [keyword.value for keyword in call.keywords]
    return any(isinstance(v, ast.Call) and ast.unparse(v.func).endswith("OuterRef") for v in values)


def _is_narrowed_by_its_view(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    statement: ast.AST | None = node
    while statement is not None and not isinstance(statement, ast.stmt):
        statement = parents.get(statement)
    owner = parents.get(statement) if statement else None
    if not (isinstance(statement, ast.Assign) and isinstance(owner, ast.ClassDef)):
        return False
    bases = {ast.unparse(base).rpartition(".")[2] for base in owner.bases}
    replaced = any(isinstance(part, ast.FunctionDef) and part.name == "get_queryset" for part in owner.body)
    return (
        ast.unparse(statement.targets[0]) == "queryset" and bool(bases & {"ReadOnly", "ReadOnlyList"}) and not replaced
    )
