"""Accounts: the linked numbers, and how their links stand."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Response
from sqlmodel import Session

from wasched import bootstrap
from wasched.api.v1.account_views import AccountHealthOut, AccountOut, account_out, health_out
from wasched.api.v1.callers import KeyRoute, Reader
from wasched.api.v1.etags import SHOWS, note_version
from wasched.api.v1.ids import AccountId, InPath
from wasched.api.v1.lists_of import Page
from wasched.services.accounts import accounts, number_health
from wasched.services.caller import Caller
from wasched.services.recipients import broadcasts

router = APIRouter(prefix="/accounts", tags=["accounts"], route_class=KeyRoute)


@router.get("", summary="List accounts")
def list_accounts(program: Reader) -> Page[AccountOut]:
    """All that the key is for, the oldest first."""

    def tell(session: Session, now: datetime) -> Page[AccountOut]:
        cards = accounts.list_accounts(session, program, now)
        places = broadcasts.of_accounts(session, [one.id for one in cards])
        told = [account_out(one, program, now, places[one.id]) for one in cards]
        return Page(items=told, next=None)

    return bootstrap.answer(tell)


@router.get("/{account}", summary="One account and its state", responses=SHOWS)
def read_account(
    program: Reader, answer: Response, account: Annotated[AccountId, InPath]
) -> AccountOut:
    """How its link stands, and what waits for it."""
    note_version(answer)

    def tell(session: Session, now: datetime) -> AccountOut:
        card = accounts.account_card(session, program, account, now)
        places = broadcasts.of_accounts(session, [account])
        return account_out(card, program, now, places[account])

    return bootstrap.answer(tell)


@router.get("/{account}/health", summary="How an account's number is doing")
def show_health(program: Reader, account: Annotated[AccountId, InPath]) -> AccountHealthOut:
    """The last week beside the four weeks before it, in a sentence and in counts."""
    return read_health(program, account)


def read_health(program: Caller, account: int) -> AccountHealthOut:
    """How its number is doing, as it is answered."""
    return bootstrap.answer(
        lambda session, now: health_out(
            account, number_health.number_health(session, program, account, now)
        )
    )
