"""Settings: read from the environment, refused with a sentence, secrets kept to oneself."""

import stat
import threading
from pathlib import Path

import pytest

from wasched import config
from wasched.domain.errors import ConfigError
from wasched.domain.mail import MailServer


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
        ("DATABASE_URL", "postgresql://somebody:secret@db"),
        ("DATABASE_URL", "postgresql://db:many/wasched"),
        ("DATABASE_URL", "mysql://somebody@db/wasched"),
        ("DATABASE_URL", "sqlite:////elsewhere/app.db"),
        ("DATABASE_URL", "postgresql://somebody@db/wasched?channel_binding=require"),
        ("SESSION_DATABASE_URL", "sqlite:////elsewhere/links.db"),
        ("SESSION_DATABASE_URL", "postgresql://somebody@db/links?sslcrl=/tmp/revoked"),
        ("PUBLIC_URL", "wasched.example.org"),
        ("PUBLIC_URL", "https://example.org/wasched"),
        ("TRUSTED_PROXIES", "the proxy"),
        ("APP_TIMEZONE", "Europe/Atlantis"),
        ("APP_TIMEZONE", "../../etc/passwd"),
        ("ALLOW_REGISTRATION", "perhaps"),
        ("PRACTICE_MODE", "2"),
        ("LOG_LEVEL", "LOUD"),
        ("KEEP_DAYS", "-1"),
        ("SMTP_URL", "smtp://mail.example.org"),  # without PUBLIC_URL
        ("SECRET_KEY", "changeme"),
        ("METRICS_TOKEN", "changeme"),
        ("SECRET_KEY_FILE", "/nonexistent/secret"),
    ],
)
def test_nonsense_is_refused_by_its_name(environ: dict[str, str], name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=name):
        config.read_settings({**environ, name: value})


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_a_postgresql_may_be_the_database(environ: dict[str, str], scheme: str) -> None:
    settings = config.read_settings(
        {**environ, "DATABASE_URL": f"{scheme}://somebody:p%40ss@db:5433/wasched"}
    )

    assert settings.database_url == "postgresql+psycopg://somebody:p%40ss@db:5433/wasched"
    assert settings.is_on_a_server
    assert settings.session_database_url == "postgresql://somebody:p%40ss@db:5433/wasched"
    assert not config.read_settings(environ).is_on_a_server
    assert not config.read_settings(environ).session_database_url


def test_links_may_be_in_another_postgresql(environ: dict[str, str]) -> None:
    links = "postgresql://links:p%40ss@db/links?keepalives_idle=5&sslmode=require"
    for others in ({}, {"DATABASE_URL": "postgresql://db/wasched?channel_binding=require"}):
        settings = config.read_settings({**environ, **others, "SESSION_DATABASE_URL": links})

        assert settings.session_database_url == links


def test_a_secret_may_be_given_as_a_file(environ: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "password").write_text("p@ss word\n")

    settings = config.read_settings(
        {**environ, "REDIS_HOST": "dragonfly", "REDIS_PASSWORD_FILE": str(tmp_path / "password")}
    )

    assert settings.redis_url.startswith("redis://:p%40ss%20word@dragonfly:6379/0")


@pytest.mark.parametrize(
    "url",
    [
        *("mail.example.org", "http://mail.example.org", "smtp://", "smtp://a@b:many"),
        *("smtp://mail.example.org?tls=yes", "smtp://mail.example.org?from=nobody"),
        "smtp://mail.example.org?from=a@b.example%0ABcc:c@d.example",
    ],
)
def test_a_mail_server_that_makes_no_sense_is_refused_and_not_quoted(
    environ: dict[str, str], url: str
) -> None:
    site = {"PUBLIC_URL": "https://wasched.example.org"}
    with pytest.raises(ConfigError, match="SMTP_URL makes no sense") as refusal:
        config.read_settings({**environ, **site, "SMTP_URL": url})
    assert "@b" not in str(refusal.value) and "example.org" not in str(refusal.value)


def test_a_mail_server_is_spoken_to_by_tls_unless_it_is_this_machine(
    environ: dict[str, str],
) -> None:
    def read(url: str) -> MailServer:
        site = {"PUBLIC_URL": "https://wasched.example.org"}
        found = config.read_settings({**environ, **site, "SMTP_URL": url}).mail_server
        assert found is not None
        return found

    by_user = read("smtp://ines%40choir.example:p%20w@mail.example.org")
    assert (by_user.port, by_user.user, by_user.password) == (587, "ines@choir.example", "p w")
    assert by_user.sender == "ines@choir.example" and by_user.needs_tls
    at_once = read("smtps://u:p@mail.example.org?from=choir@example.org")
    assert (at_once.port, at_once.sender, at_once.begins_with_tls) == (
        465,
        "choir@example.org",
        True,
    )
    here = read("smtp://127.0.0.1:25")
    assert (here.sender, here.needs_tls) == ("wasched@wasched.example.org", False)
    assert not read("smtp://mail.example.org?tls=no").needs_tls
    assert config.read_settings(environ).mail_server is None


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


def test_where_machines_share_a_database_none_has_a_secret_of_its_own(
    environ: dict[str, str], tmp_path: Path
) -> None:
    shared = {**environ, "DATABASE_URL": "postgresql://ada@database/wasched"}
    found = config.read_settings(shared)
    assert (found.secret_key, found.is_secret_given) == ("", False)
    assert not (tmp_path / "data" / "secret_key").exists()

    before = config.read_settings(environ).secret_key  # of the SQLite file that was here before
    assert config.read_settings(shared).secret_key == before
    assert config.read_settings({**shared, "SECRET_KEY": "x" * 40}).is_secret_given


def test_a_damaged_secret_is_named_and_not_used(environ: dict[str, str], tmp_path: Path) -> None:
    config.read_settings(environ)
    (tmp_path / "data" / "secret_key").write_text("short")

    with pytest.raises(ConfigError, match="Delete it"):
        config.read_settings(environ)


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("")

    with pytest.raises(ConfigError, match="a file"):
        config.read_settings({"DB_PATH": str(tmp_path / "a file" / "app.db")})


def test_where_back_ups_go_is_read_and_nonsense_is_refused_without_its_secrets(
    environ: dict[str, str],
) -> None:
    plan = config.read_settings(
        {**environ, "BACKUP_TO": "s3://vault/choir/", "BACKUP_AT": "23:05"}
    ).back_ups
    assert (plan.to, f"{plan.at:%H:%M}", plan.passphrase) == ("s3://vault/choir", "23:05", "")
    secret = {"BACKUP_PASSPHRASE": "hush hush hush hush", "AWS_SECRET_ACCESS_KEY": "hush2"}
    assert "hush" not in repr(config.read_settings({**environ, **secret}).back_ups)

    for wrong in (
        {"BACKUP_TO": "s3://key:hush@vault"},
        {"BACKUP_TO": "https://vault/hush"},
        {"BACKUP_AT": "25:00"},
        {"BACKUP_PASSPHRASE": "hush"},
    ):
        with pytest.raises(ConfigError, match=next(iter(wrong))) as refused:
            config.read_settings({**environ, **wrong})
        assert "hush" not in str(refused.value)


def test_where_attached_files_go_is_read_and_nonsense_is_refused_without_its_secrets(
    environ: dict[str, str],
) -> None:
    keys = {"AWS_ACCESS_KEY_ID": "one", "AWS_ENDPOINT_URL": "https://s3.example.org"}
    found = config.read_settings({**environ, "MEDIA_TO": "s3://vault/media/", **keys})
    assert found.media_to == "s3://vault/media"
    assert dict(found.s3) == {"access_key_id": "one", "endpoint": "https://s3.example.org"}
    assert config.read_settings(environ).media_to == ""

    for wrong in (
        {"MEDIA_TO": "s3://key:hush@vault"},
        {"MEDIA_TO": "/srv/hush"},
        {"MEDIA_TO": "s3://vault/hush", "BACKUP_TO": "s3://vault/hush/"},
        {"MEDIA_CACHE_MB": "none"},
    ):
        with pytest.raises(ConfigError, match=next(iter(wrong))) as refused:
            config.read_settings({**environ, **wrong})
        assert "hush" not in str(refused.value)
