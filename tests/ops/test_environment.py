"""What settings get to see: the environment over what the launcher left, never a mix of two servers."""

from pathlib import Path

import pytest

from ops import environment
from ops.checks import hold_folder

EMBEDDED = {
    "DATABASE_URL": "postgresql://app@one/x",
    "DATABASE_OWNER_URL": "postgresql://owner@one/x",
    "REDIS_URL": "r",
}


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    for name in (*environment.DATABASE_NAMES, "REDIS_URL", "SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)


def test_addresses_of_embedded_servers_live_as_long_as_the_launcher() -> None:
    lock = hold_folder("services")
    environment.store({**EMBEDDED, "SECRET_KEY": "s"}, embedded=list(EMBEDDED))
    assert environment.load()["DATABASE_URL"] == EMBEDDED["DATABASE_URL"]
    lock.close()
    assert "DATABASE_URL" not in environment.load()
    assert environment.load()["SECRET_KEY"] == "s"


def test_a_clean_end_takes_them_back() -> None:
    environment.store(EMBEDDED, embedded=list(EMBEDDED))
    environment.forget()
    assert not (environment.var() / "run" / "environment.json").exists()


def test_the_environment_wins_and_brings_no_foreign_owner(monkeypatch: pytest.MonkeyPatch) -> None:
    environment.store(EMBEDDED, embedded=[])
    monkeypatch.setenv("DATABASE_URL", "postgresql://app@two/y")
    loaded = environment.load()
    assert loaded["DATABASE_URL"] == "postgresql://app@two/y"
    assert "DATABASE_OWNER_URL" not in loaded


def test_an_administrators_address_gives_way_to_the_roles_made_from_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://admin@one/x")
    environment.store({**EMBEDDED, "DATABASE_ADMIN_URL": "postgresql://admin@one/x"}, embedded=[])
    assert environment.load()["DATABASE_URL"] == EMBEDDED["DATABASE_URL"]
    assert environment.load()["DATABASE_OWNER_URL"] == EMBEDDED["DATABASE_OWNER_URL"]


def test_secrets_are_made_once_and_private(tmp_path: Path) -> None:
    first = environment.secret("DEMO_PASSWORD")
    assert environment.secret("DEMO_PASSWORD") == first
    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600
