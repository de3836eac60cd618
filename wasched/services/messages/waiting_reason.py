"""Why a scheduled message does not go out at its time: computed, so that it is never stale."""

from datetime import datetime

from wasched.domain.link import LinkState
from wasched.domain.message import NO_TRY
from wasched.domain.reasons import Code, Reason, because
from wasched.models import Account, Approval, Message
from wasched.services.accounts.link_status import limit_sentence
from wasched.services.delivery.send_holds import HELD

_OF_APPROVAL = {
    Approval.WAITING: Reason(Code.WAITS_FOR_APPROVAL),
    Approval.REFUSED: Reason(Code.REFUSED_FOR_NOW),
}


def reason_to_wait(
    message: Message,
    approval: str,
    account: Account,
    now: datetime,
    *,
    is_server_stopped: bool = False,
) -> Reason:
    """What a scheduled message waits for, none when only for its time.

    `approval` is how that of its schedule stands.
    """
    if held := _OF_APPROVAL.get(Approval(approval)):
        return held
    if message.try_at == NO_TRY:
        return message.reason if message.reason == HELD else Reason(Code.PAUSED)
    if is_server_stopped:
        return Reason(Code.SERVER_STOPPED)
    if account.paused_at is not None:
        return because(Code.ACCOUNT_STOPPED, account=account.name)
    if limited := limit_sentence(account, max(message.try_at, now)):
        too_late = limit_sentence(account, message.late_at)
        return because(Code.LIMITED_TOO_LONG, held=str(limited)) if too_late else limited
    if account.state == LinkState.BANNED:
        return message.reason  # the restriction has ended by then
    if account.state == LinkState.RECONNECTING and message.due_at <= now:
        return Reason(Code.NO_CONNECTION)
    if LinkState(account.state).needs_a_person:
        return because(Code.ACCOUNT_NOT_LINKED, account=account.name)
    return message.reason
