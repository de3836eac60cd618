"""Settings: read from the environment, refused with a sentence, secrets kept to oneself."""

import stat
import threading
from pathlib import Path

import pytest

from wasched import config
from wasched.domain.errors import ConfigError


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """Only a data folder."""
    return {"DB_PATH": str(tmp_path / "data" / "app.db")}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "70000"),
        ("PORT", "٣٠٠١"),
        ("LOCALHOST", "banana"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "postgresql://somebody@db/wasched"),
        ("DATABASE_URL", "sqlite:////elsewhere/app.db"),
        ("PUBLIC_URL", "wasched.example.org"),
        ("PUBLIC_URL", "https://example.org/wasched"),
        ("TRUSTED_PROXIES", "the proxy"),
        ("APP_TIMEZONE", "Europe/Atlantis"),
        ("APP_TIMEZONE", "../../etc/passwd"),
        ("ALLOW_REGISTRATION", "perhaps"),
        ("PRACTICE_MODE", "2"),
        ("LOG_LEVEL", "LOUD"),
        ("KEEP_DAYS", "-1"),
        ("SECRET_KEY", "changeme"),
        ("SECRET_KEY_FILE", "/nonexistent/secret"),
    ],
)
def test_nonsense_is_refused_by_its_name(environ: dict[str, str], name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=name):
        config.read_settings({**environ, name: value})


def test_a_secret_may_be_given_as_a_file(environ: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "password").write_text("p@ss word\n")

    settings = config.read_settings(
        {**environ, "REDIS_HOST": "dragonfly", "REDIS_PASSWORD_FILE": str(tmp_path / "password")}
    )

    assert settings.redis_url.startswith("redis://:p%40ss%20word@dragonfly:6379/0")


def test_a_secret_given_twice_is_refused(environ: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "key").write_text("k" * 40)

    with pytest.raises(ConfigError, match="Both SECRET_KEY and SECRET_KEY_FILE"):
        config.read_settings(
            {**environ, "SECRET_KEY": "x" * 40, "SECRET_KEY_FILE": str(tmp_path / "key")}
        )


def test_a_secret_that_is_not_given_is_made_once_and_readable_by_its_owner_only(
    environ: dict[str, str], tmp_path: Path
) -> None:
    first, second = config.read_settings(environ), config.read_settings(environ)

    assert first.secret_key == second.secret_key
    assert stat.S_IMODE((tmp_path / "data" / "secret_key").stat().st_mode) == 0o600


def test_processes_that_start_at_once_agree_on_the_secret(environ: dict[str, str]) -> None:
    found: list[str] = []
    threads = [
        threading.Thread(target=lambda: found.append(config.read_settings(environ).secret_key))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 8
    assert len(set(found)) == 1


def test_a_damaged_secret_is_named_and_not_used(environ: dict[str, str], tmp_path: Path) -> None:
    config.read_settings(environ)
    (tmp_path / "data" / "secret_key").write_text("short")

    with pytest.raises(ConfigError, match="Delete it"):
        config.read_settings(environ)


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("")

    with pytest.raises(ConfigError, match="a file"):
        config.read_settings({"DB_PATH": str(tmp_path / "a file" / "app.db")})
