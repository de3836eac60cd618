"""Linking by passkey: it links, and twenty ways of going wrong each end in a sentence."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from webauthn.helpers import base64url_to_bytes

from tests.adapters.whatsapp.linking.conftest import Begin
from tests.adapters.whatsapp.linking.rig import Rig, devices_in
from tests.adapters.whatsapp.watched import ADA, BOB
from tests.reasons import words
from tests.whatsapp_server.client import CommandError, Simulator
from wasched.adapters.whatsapp.linking import ceremony, session_rows, showing
from wasched.adapters.whatsapp.linking.assertion import Assertion
from wasched.adapters.whatsapp.linking.errors import LinkEndedError
from wasched.adapters.whatsapp.linking.told import (
    AnswerRefused,
    AnswerTaken,
    Compared,
    Comparison,
    Linked,
    PasskeyRequest,
    ScanCode,
    Stop,
    TypeCode,
    WantCode,
)
from wasched.adapters.whatsapp.linking.whatsapp import Server
from wasched.domain.reasons import Code

NEXT_STEPS = ("egin again", "ress the bookmark", "rag the", "opy all", "can the code", "nstall")


def tells_what_next(reason: Any) -> bool:
    return any(step in words(reason) for step in NEXT_STEPS)


# --- it links -----------------------------------------------------------------------------------


def test_an_account_with_the_gate_is_linked_by_qr_code(whatsapp: Simulator, begin: Begin) -> None:
    rig = begin()

    rig.show(rig.asked())

    rig.next(AnswerTaken)
    code = rig.next(Comparison)
    assert rig.next(Linked) == Linked(f"{ADA}:1@s.whatsapp.net", by_passkey=True)
    phone = whatsapp.passkey_ceremony(phone=ADA)
    assert (phone["stage"], phone["proof"], phone["code"]) == ("linked", "valid", code.text)
    assert not code.must_confirm


def test_an_account_with_the_gate_is_linked_by_number_code(
    whatsapp: Simulator, begin: Begin
) -> None:
    rig = begin()
    rig.round.take(WantCode(f"+{ADA}"))
    old = rig.next(TypeCode)
    whatsapp.retire_code(phone=ADA)
    new = rig.next(TypeCode)

    with pytest.raises(CommandError, match="passkey"):
        whatsapp.enter_code(phone=ADA, code=new.text)

    assert new.text != old.text
    rig.links(rig.next(PasskeyRequest).options)


def test_an_account_without_the_gate_is_linked_too(begin: Begin) -> None:
    rig = begin(gate=False)

    rig.scan()

    assert not rig.next(Linked).by_passkey


def test_what_whatsapp_asks_for_is_fetched_where_its_word_lacks_it(
    whatsapp: Simulator, begin: Begin
) -> None:
    whatsapp.passkey_times(embeds_options=False)
    rig = begin()

    rig.links(rig.asked())


def test_after_five_minutes_a_person_compares_the_code(
    whatsapp: Simulator, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ceremony, "HANDOFF_S", 0.0)
    rig = begin()
    rig.show(rig.asked())

    code = rig.next(Comparison)

    assert code.must_confirm and whatsapp.passkey_ceremony(phone=ADA)["code"] == code.text
    assert whatsapp.person(phone=ADA)["devices"] == []
    rig.round.take(Compared(is_same=True))
    rig.next(Linked)


# --- an answer that is of no use, and a right one after it --------------------------------------


def altered(rig: Rig, options: dict[str, Any]) -> None:
    """An answer whose signature is of something else."""
    answer = rig.whatsapp.sign_with_passkey(phone=ADA, options=options)
    other = rig.whatsapp.sign_with_passkey(phone=BOB, options=options)
    answer["response"]["signature"] = other["response"]["signature"]
    rig.hand_in(json.dumps(answer))


WRONG: dict[str, tuple[Code, Callable[[Rig, dict[str, Any]], object]]] = {
    "another site": (
        Code.ANSWER_OTHER_SITE,
        lambda rig, asked: rig.show(asked, origin="https://example.org"),
    ),
    "another site's passkey": (
        Code.ANSWER_OTHER_PASSKEY,
        lambda rig, asked: rig.show(asked, rp_id="example.org"),
    ),
    "not unlocked": (
        Code.ANSWER_NOT_UNLOCKED,
        lambda rig, asked: rig.show(asked, flags=0x01),
    ),
    "made to create one": (
        Code.ANSWER_CREATES,
        lambda rig, asked: rig.show(asked, kind="webauthn.create"),
    ),
    "an earlier request": (
        Code.ANSWER_OTHER_REQUEST,
        lambda rig, asked: rig.show({**asked, "challenge": "AAAA"}),
    ),
    "half of it": (Code.ANSWER_UNREADABLE, lambda rig, _: rig.hand_in('{"rawId": "AA"')),
    "nothing": (Code.ANSWER_UNREADABLE, lambda rig, _: rig.hand_in("")),
    "far too much": (Code.ANSWER_UNREADABLE, lambda rig, _: rig.hand_in("x" * 20_000)),
    "another number's passkey": (
        Code.PASSKEY_REFUSED,
        lambda rig, asked: rig.show(asked, phone=BOB),
    ),
    "an altered signature": (Code.PASSKEY_REFUSED, altered),
}


@pytest.mark.parametrize("how", WRONG)
def test_a_right_answer_links_after_a_wrong_one(begin: Begin, how: str) -> None:
    code, answer_wrongly = WRONG[how]
    rig = begin()
    options = rig.asked()

    answer_wrongly(rig, options)

    refused = rig.next(AnswerRefused).reason
    assert refused.code is code and tells_what_next(refused)
    if code is Code.PASSKEY_REFUSED:
        options = rig.next(PasskeyRequest).options  # the one before is spent
    rig.links(options)


def test_an_answer_before_anybody_asked_waits_for_the_scan(begin: Begin) -> None:
    rig = begin()
    code = rig.next(ScanCode)

    rig.hand_in("{}")

    refused = rig.next(AnswerRefused).reason
    assert refused.code is Code.PASSKEY_NOT_ASKED and tells_what_next(refused)
    with pytest.raises(CommandError, match="passkey"):
        rig.whatsapp.scan(qr=code.text, phone=ADA)
    rig.links(rig.next(PasskeyRequest).options)


def test_what_the_check_here_lets_through_whatsapp_refuses(
    whatsapp: Simulator, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lenient(text: str, _options: object) -> Assertion:
        passkey = json.loads(text)["rawId"]
        return Assertion(base64url_to_bytes(passkey), text.encode())

    monkeypatch.setattr(showing, "read_answer", lenient)
    rig = begin()

    rig.show(rig.asked(), origin="https://example.org")

    assert rig.next(AnswerRefused).reason.code is Code.PASSKEY_REFUSED
    assert "origin" in whatsapp.passkey_ceremony(phone=ADA)["fault"]


# --- an attempt that ends, and the next one links -----------------------------------------------


def show_and_see(rig: Rig) -> None:
    rig.show(rig.asked())


def refused_twice(rig: Rig) -> None:
    rig.show(rig.asked())
    rig.show(rig.next(PasskeyRequest).options)


def somebody_else(rig: Rig) -> None:
    rig.show(rig.asked())
    rig.next(Comparison)
    rig.round.take(Compared(is_same=False))


ENDS: dict[str, tuple[Code, dict[str, Any], Callable[[Rig], object]]] = {
    "the passkey comes too late": (
        Code.PASSKEY_TOO_LATE,
        {"request": 0.3},
        lambda rig: rig.asked(),
    ),
    "whatsapp refuses twice": (Code.PASSKEY_REFUSED_TWICE, {"refusal": 401}, refused_twice),
    "the phone keeps silent": (Code.PHONE_SILENT, {"phone_answers": False}, show_and_see),
    "whatsapp keeps silent": (Code.PHONE_SILENT, {"delay": 3.0}, show_and_see),
    "somebody else answered": (Code.PHONE_SHOWS_ANOTHER, {}, somebody_else),
    "it was stopped": (Code.LINK_STOPPED, {}, lambda rig: rig.asked() and rig.round.take(Stop())),
}


@pytest.mark.parametrize("how", ENDS)
def test_the_next_attempt_links_after_one_that_ended(
    whatsapp: Simulator, begin: Begin, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    code, behaviour, attempt = ENDS[how]
    whatsapp.passkey_times(**behaviour)
    with monkeypatch.context() as patches:
        if code is Code.PHONE_SILENT:
            patches.setattr(showing, "_PHONE_S", 0.5)
        if code is Code.PHONE_SHOWS_ANOTHER:
            patches.setattr(ceremony, "HANDOFF_S", 0.0)
        first = begin()
        attempt(first)
        end = first.end().reason
    assert end.code is code and tells_what_next(end)
    assert devices_in(first.session) == []

    whatsapp.passkey_times()
    again = begin()
    again.links(again.asked())


def test_nobody_scans(whatsapp: Simulator, begin: Begin) -> None:
    whatsapp.qr_codes(count=2, fast=0.1)

    end = begin(gate=False).end().reason

    assert end.code is Code.CODES_RAN_OUT and tells_what_next(end)


def test_whatsapp_hangs_up_in_the_middle(whatsapp: Simulator, begin: Begin) -> None:
    whatsapp.passkey_times(keeps_open=False)
    whatsapp.qr_codes(count=2, fast=0.3)
    rig = begin()
    rig.asked()

    end = rig.end().reason

    assert end.code is Code.PASSKEY_ENDED and tells_what_next(end)


def test_a_server_that_is_not_whatsapp_learns_nothing(whatsapp: Simulator, begin: Begin) -> None:
    whatsapp.show_bad_certificates(flaw="WRONG_ROOT")

    end = begin().end().reason

    assert end.code is Code.LINK_STRANGER and tells_what_next(end)


def test_nobody_listens(begin: Begin, whatsapp: Simulator) -> None:
    nowhere = Server("ws://127.0.0.1:1/ws/chat", bytes(32))

    end = begin(server=nowhere).end().reason

    assert end.code is Code.LINK_NO_SERVER and tells_what_next(end)


@pytest.mark.parametrize("flaw", ["WRONG_HMAC", "WRONG_ACCOUNT_SIGNATURE"])
def test_a_phone_that_vouches_wrongly(whatsapp: Simulator, begin: Begin, flaw: str) -> None:
    rig = begin(gate=False)

    with pytest.raises(CommandError):
        whatsapp.scan(qr=rig.next(ScanCode).text, phone=ADA, flaw=flaw)

    end = rig.end().reason
    assert end.code is Code.LINK_UNTRUE and tells_what_next(end)
    assert devices_in(rig.session) == []


def test_a_handoff_proof_by_somebody_else_is_refused_by_the_phone(
    whatsapp: Simulator, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ceremony, "_HANDOFF", b"something else")
    rig = begin()

    rig.show(rig.asked())

    assert "403" in words(rig.next(AnswerRefused).reason)
    assert devices_in(rig.session) == []


def test_rows_that_the_library_cannot_read_are_taken_back(
    whatsapp: Simulator, begin: Begin
) -> None:
    rig = begin(gate=False, list_devices=lambda _: [])

    with pytest.raises(CommandError):
        whatsapp.scan(qr=rig.next(ScanCode).text, phone=ADA)

    end = rig.end().reason
    assert end.code is Code.LINK_UNKEPT and tells_what_next(end)
    assert devices_in(rig.session) == [] and whatsapp.person(phone=ADA)["devices"] == []


# --- what is refused before anybody is dialled --------------------------------------------------


def test_tables_of_another_version_are_left_alone(
    whatsapp: Simulator, begin: Begin, session: Path
) -> None:
    with sqlite3.connect(session) as connection:
        connection.execute("UPDATE whatsmeow_version SET version = 16")
    before = len(whatsapp.seen())

    with pytest.raises(LinkEndedError) as end:
        begin()

    assert end.value.reason.code is Code.LINK_UNSUPPORTED and tells_what_next(end.value.reason)
    assert len(whatsapp.seen()) == before


def test_a_new_column_that_must_be_filled_is_noticed(session: Path) -> None:
    with sqlite3.connect(session) as connection:
        connection.execute("ALTER TABLE whatsmeow_lid_map ADD COLUMN more TEXT NOT NULL DEFAULT ''")
    session_rows.check_tables(session)  # it has a default, so rows may leave it out
    with sqlite3.connect(session) as connection:
        connection.execute("DROP TABLE whatsmeow_lid_map")
        connection.execute("CREATE TABLE whatsmeow_lid_map (lid TEXT, pn TEXT, new BLOB NOT NULL)")

    with pytest.raises(LinkEndedError) as end:
        session_rows.check_tables(session)

    assert end.value.reason.code is Code.LINK_UNSUPPORTED


def test_a_session_that_is_linked_is_left_alone(begin: Begin) -> None:
    rig = begin(gate=False)
    rig.scan()
    rig.next(Linked)

    with pytest.raises(LinkEndedError) as end:
        begin()

    assert end.value.reason.code is Code.LINKED_ALREADY
