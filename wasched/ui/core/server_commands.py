"""What a person types into the server's shell, as it fits how the server runs."""

from pathlib import Path
from shlex import quote

from wasched.config import Settings

_IN_CONTAINER = "docker compose exec -T worker python -m wasched"
_IN_CLONE = ".venv/bin/python -m wasched"


def back_up_line(settings: Settings) -> str:
    """Writes an archive that nobody else on the machine can read."""
    if settings.in_container:
        return f"(umask 077 && {_IN_CONTAINER} backup > wasched.tar.gz)"
    return " ".join([*_places(settings), _IN_CLONE, "backup wasched.tar.gz"])


def back_up_folder(settings: Settings) -> str:
    """Where the line above is typed; for who runs it alone, who may know the server's folders."""
    if settings.in_container:
        return "It is made while everything runs, in the folder with compose.yaml:"
    return f"It is made while everything runs, in the folder {Path.cwd()}:"


def reset_line(settings: Settings) -> str:
    """Prints a link to a new password; everybody may read it, so it names no folder of theirs."""
    words = "user reset E-MAIL"
    if settings.in_container:
        return f"{_IN_CONTAINER} {words}"
    return " ".join([*(_places(settings) if settings.demo_url else []), _IN_CLONE, words])


def _places(settings: Settings) -> list[str]:
    """What another shell does not know: folders that are not where a clone has them."""
    data = settings.db_path.parent
    usual = {
        "DB_PATH": (settings.db_path, Path.cwd() / "data" / "app.db"),
        "SESSION_PATH": (settings.session_path, data / "session"),
        "MEDIA_PATH": (settings.media_path, data / "media"),
    }
    server = ["DATABASE_URL=…"] if settings.is_on_a_server else []  # it may hold a password
    named = [f"{name}={quote(str(is_at))}" for name, (is_at, by) in usual.items() if is_at != by]
    return server + named
