"""Two servers whose keywords answer each other, through real clients and the loopback server."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from tests.adapters.whatsapp.conftest import OpenLine
from tests.adapters.whatsapp.watched import ADA, EVE, Watched, to
from tests.scopes import Scope
from tests.services.conftest import add_account, add_user
from tests.services.conftest import engine as engine
from tests.services.conftest import scope as scope
from tests.services.replies_of import report, sent_to
from tests.whatsapp_server.client import Simulator
from wasched.domain.link import IncomingSeen, LinkState, QrShown
from wasched.domain.message import Status
from wasched.models import Message, Schedule
from wasched.services.keywords import setting_up
from wasched.services.keywords.setting_up import KeywordRequest


class Server:
    """A line with the keyword "yes", which answers "Yes!" to who writes it."""

    def __init__(self, scope: Scope, name: str, line: Watched, other: str) -> None:
        self._scope, self.line, self._other = scope, line, other
        user = add_user(scope, name)
        self._account = add_account(scope, user)
        sent_to(scope, user, self._account, datetime.now(UTC) - timedelta(minutes=1), f"+{other}")
        with scope() as session:
            wanted = KeywordRequest("yes", answer="Yes!")
            setting_up.add_keyword(session, user, wanted, datetime.now(UTC))

    def answer(self, seen: IncomingSeen) -> bool:
        """Take what came, and hand over the answer if there is one."""
        report(self._scope, self._account, datetime.now(UTC), seen)
        with self._scope() as session:
            mine = select(Message).join(Schedule, Schedule.id == Message.schedule_id)
            waits = (Message.account_id == self._account, Message.status == Status.SCHEDULED)
            found = session.scalars(mine.where(Schedule.answers_word == "yes", *waits)).first()
            if found is None:
                return False
            self.line.line.send(to(self._other, "Yes!"))
            found.status, found.sent_at = Status.SENT, datetime.now(UTC)
        return True


@pytest.mark.torture
def test_two_servers_that_answer_each_other_stop_within_three_messages(
    whatsapp: Simulator, linked: Watched, open_line: OpenLine, scope: Scope, tmp_path: Path
) -> None:
    eves = open_line(tmp_path / "another server" / "account-1.db")
    whatsapp.scan(qr=eves.next(QrShown).code, phone=EVE)
    eves.state(LinkState.CONNECTED)
    servers = [Server(scope, "Ada", linked, EVE), Server(scope, "Eve", eves, ADA)]
    linked.line.send(to(EVE, "yes"))

    messages, turn = 1, 1
    while messages < 10 and servers[turn].answer(servers[turn].line.next(IncomingSeen)):
        messages, turn = messages + 1, 1 - turn

    assert messages <= 3
