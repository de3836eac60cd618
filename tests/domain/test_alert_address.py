"""Which addresses alerts go by, and that what they are called has no secret in it."""

import pytest

from wasched.domain.alert_address import read_service_address
from wasched.domain.errors import InputError


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        (" ntfys://ntfy.example.org/secret ", "ntfy at ntfy.example.org"),
        ("ntfy://secret", "ntfy"),
        ("tgram://123456789:secret/12345", "Telegram"),
        ("slack://secretA/secretB/secretC", "Slack"),
        ("https://hooks.slack.com/services/T0/B0/secret", "Slack"),
        ("https://discord.com/api/webhooks/1/secret", "Discord"),
        ("gotifys://push.example.org:8443/secret", "Gotify at push.example.org"),
        ("matrixs://user:secret@matrix.example.org/#room", "Matrix at matrix.example.org"),
        ("jsons://user:secret@example.org/path", "JSON at example.org"),
    ],
)
def test_an_address_of_the_list_is_taken_and_its_label_names_no_secret(
    typed: str, label: str
) -> None:
    found = read_service_address(typed, allows_private=False)

    assert (found.url, found.label) == (typed.strip(), label)
    assert "secret" not in found.label


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "name of a service"),
        ("syslog://", "name of a service"),
        ("dbus://", "name of a service"),
        ("windows://", "name of a service"),
        ("file:///tmp/out", "name of a service"),
        ("exec://program", "name of a service"),
        ("mailto://user:pass@example.org", "name of a service"),
        ("https://example.org/hook", "name of a service"),
        ("ntfys://a.org/b, syslog://", "without spaces"),
        ("json://[::1", "cannot be read"),
        ("json://example.org:99999/", "cannot be read"),
        ("jsons://127.0.0.1/x", "not on the public internet"),
        ("gotifys://169.254.169.254/x", "not on the public internet"),
        ("ntfys://localhost/x", "not on the public internet"),
        ("json://example.org/x", "jsons://"),
        ("ntfy://ntfy.example.org/topic", "ntfys://"),
        ("slack://a/b/c?template=/etc/passwd", "files and templates"),
        ("jsons://example.org/?attach=/etc/passwd", "files and templates"),
        (f"ntfy://{'x' * 2001}", "characters"),
    ],
)
def test_any_other_is_refused_with_what_to_do(typed: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        read_service_address(typed, allows_private=False)


def test_own_networks_are_for_whoever_runs_the_server_to_allow() -> None:
    for typed in ("json://192.168.1.5:8080/x", "gotify://localhost/token"):
        assert read_service_address(typed, allows_private=True).url == typed
    with pytest.raises(InputError, match="not on the public"):
        read_service_address("json://169.254.169.254/", allows_private=True)
