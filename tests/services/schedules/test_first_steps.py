"""From a number typed as at home to the first message, which goes to one's own phone."""

import pytest
from sqlalchemy import select

from tests.scopes import Scope
from tests.services.conftest import NOW, add_account
from wasched.domain.errors import InputError
from wasched.domain.link import LinkState
from wasched.models import LinkWish, Message, Recipient
from wasched.services.accounts import accounts
from wasched.services.caller import Caller
from wasched.services.phone_numbers.countries import country_of_zone
from wasched.services.schedules import first_message


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("Europe/Berlin", "DE"),
        ("Asia/Calcutta", "IN"),  # as Chromium calls Asia/Kolkata
        ("Europe/Kiev", "UA"),
        ("America/Argentina/Buenos_Aires", "AR"),
        ("UTC", ""),
        ("Etc/GMT+3", ""),
    ],
)
def test_a_zone_is_in_a_country_by_whatever_name(zone: str, country: str) -> None:
    assert country_of_zone(zone) == country


@pytest.mark.parametrize("typed", ["0151 00000012", "+49 151 00000012", "0049 151 00000012"])
def test_a_number_for_a_code_is_read_as_one_of_the_zones_country(
    scope: Scope, alice: Caller, account_id: int, typed: str
) -> None:
    with scope() as session:
        accounts.pair_by_code(session, alice, account_id, typed, NOW)
        assert session.get_one(LinkWish, account_id).phone == "+4915100000012"


def test_the_first_message_goes_to_ones_own_phone_and_is_offered_until_then(
    scope: Scope, alice: Caller
) -> None:
    account_id = add_account(scope, alice, jid="4915100000012@s.whatsapp.net")
    with scope() as session:
        assert first_message.is_untried(session, account_id)
        sent = first_message.send_test(session, alice, account_id, NOW)

        message = session.get_one(Message, sent)
        to = session.scalar(select(Recipient.phone).where(Recipient.id == message.recipient_id))
        assert (to, message.due_at, message.account_id) == ("+4915100000012", NOW, account_id)
        assert not first_message.is_untried(session, account_id)


def test_a_phone_that_is_not_linked_is_sent_no_test(scope: Scope, alice: Caller) -> None:
    account_id = add_account(scope, alice, state=LinkState.NEEDS_LINK, jid=None)
    with scope() as session, pytest.raises(InputError, match="not connected"):
        first_message.send_test(session, alice, account_id, NOW)
