"""The ground that the other tests of this folder stand on."""

from tests.attacks.conftest import Target


def test_whoever_is_signed_in_gets_the_export_and_a_stranger_does_not(target: Target) -> None:
    """Else a refusal elsewhere would prove nothing."""
    for cookie in (target.owner, target.member):
        assert target.browser(cookie).get("/export/people.csv").status_code == 200

    assert target.browser().get("/export/people.csv").status_code in (302, 303, 401)
