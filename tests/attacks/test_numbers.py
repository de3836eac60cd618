"""Numbers that no row can have, in addresses: not found, and no word of it in the log."""

import pytest

from tests.attacks.conftest import Target

HUGE = (2**63, 2**64, -(2**63) - 1, 10**30, 10**400, "9" * 5000, "1e400", "0x10", "²")


@pytest.mark.parametrize("number", HUGE, ids=[str(one)[:12] for one in HUGE])
def test_a_number_beyond_64_bits_is_not_found(target: Target, number: object) -> None:
    member, before = target.browser(target.member), len(target.product.log("api"))

    for path in (f"/media/{number}", f"/media/{number}/thumbnail", f"/uploads/{number}"):
        answer = member.get(path)
        assert (answer.status_code, answer.json()["title"]) == (404, "Not found"), path
    for name in ("account", "recipient", "schedule", "at", "from", "to", "order"):
        answer = member.get("/export/messages.csv", params={name: str(number)})
        assert answer.status_code == 200
    for path in ("/messages/{}", "/schedules/{}", "/recipients/{}", "/lists/{}", "/templates/{}"):
        assert member.get(path.format(number)).status_code in (200, 404)
    assert "Traceback" not in target.product.log("api")[before:]


def test_a_time_at_the_end_of_all_times_is_none(target: Target) -> None:
    member = target.browser(target.member)
    for at in ("9999-12-31T23:59:59.999999+00:00", "0001-01-01T00:00:00+14:00"):
        assert member.get("/export/messages.csv", params={"at": at}).status_code == 200
    for name in ("from", "to"):
        for day in ("9999-12-31", "0001-01-01"):
            answer = member.get("/export/messages.csv", params={name: day})
            assert answer.status_code == 200


@pytest.mark.parametrize(
    "size", [-1, 0, 2**63 - 1, 2**63, 10**30, 10**400, 1.5, 1e308], ids=lambda one: str(one)[:12]
)
def test_a_file_of_an_impossible_size_is_refused(target: Target, size: float) -> None:
    answer = target.browser(target.member).post("/uploads", json={"name": "a", "size": size})

    assert answer.status_code in (413, 415, 422)
    assert answer.json()["detail"]


def test_a_piece_at_an_impossible_place_is_refused(target: Target) -> None:
    member = target.browser(target.member)
    begun = member.post("/uploads", json={"name": "a.bin", "size": 5}).json()["id"]

    for offset in (-1, 6, 2**63, 10**30, "9" * 5000, "x"):
        answer = member.patch(
            f"/uploads/{begun}", content=b"x", headers={"Upload-Offset": str(offset)}
        )
        assert answer.status_code in (409, 413, 422), offset
    assert member.get(f"/uploads/{begun}").json()["offset"] == 0
    member.delete(f"/uploads/{begun}")
