"""A number that is doing worse, and a send through it that stopped itself and goes on."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect
from sqlmodel import col, select

from tests.books import Books
from tests.browser.look import can_be_read
from tests.browser.person import Person
from tests.owner import signed_in
from tests.product import Product
from wasched.domain.content import Text
from wasched.domain.early_stop import Alarm, Measure, Tally
from wasched.domain.message import Status
from wasched.domain.reasons import Code, Reason
from wasched.models import Account, AccountDay, Message, User
from wasched.services.delivery import send_holds
from wasched.services.schedules import create


def _goes_badly(product: Product) -> None:
    """Five weeks of the newest account's number, the last one worse, and a send that stopped."""
    with Books(product).scope() as session:
        now = datetime.now(UTC)
        account = session.scalars(select(Account).order_by(col(Account.id).desc())).first()
        assert account is not None and account.id is not None
        for back in range(35):
            arrived = 15 if back < 7 else 19
            day = {"day": (now - timedelta(days=back)).date(), "counted_at": now}
            counts = {"sent": 20, "soon": 15, "in_time": 15, "arrived": arrived, "read": 12}
            session.add(AccountDay(account_id=account.id, **day, **counts))
        user = session.scalars(select(User).where(User.name == "Tomás")).all()[-1]
        to = tuple(f"+49 151 2345 {number}" for number in range(6000, 6060))
        local = now.replace(tzinfo=None, second=0, microsecond=0) + timedelta(minutes=5)
        asked = create.ScheduleRequest(
            account.id, to, (Text("Tickets are here"),), local.date(), local.time(), "UTC"
        )
        create.create_schedule(session, signed_in(session, user), asked, now)
        messages = session.scalars(
            select(Message).where(col(Message.account_id) == account.id)
        ).all()
        for one in messages[:30]:
            one.status, one.reason, one.settled_at = Status.FAILED, Reason(Code.NOT_TAKEN), now
        session.flush()
        alarm = Alarm(Measure.REFUSED, Tally(12, 30), Tally(7, 700))
        key = (messages[0].schedule_id, messages[0].occurrence_at)
        send_holds.hold_send(session, key, alarm, now)


def test_the_page_says_how_the_number_does_and_home_lets_the_send_go_on(
    shared_product: Product, linked_member: Person
) -> None:
    page = linked_member.page
    _goes_badly(shared_product)

    page.goto("/")
    row = page.locator(".ask-row", has_text="stopped itself")
    expect(row).to_contain_text("12 of the first 30 were refused, usually 1 %. 30 messages wait")
    can_be_read(page)
    row.get_by_role("button", name="Take back the rest").press("Enter")
    expect(page.get_by_role("alertdialog", name="Take back 30 messages?")).to_be_visible()
    page.keyboard.press("Escape")
    row.get_by_role("button", name="Go on").press("Enter")
    expect(page.get_by_text("It goes on with 30 messages.")).to_be_visible()
    expect(row).to_have_count(0)

    page.goto("/accounts")
    page.locator(".a-row").first.click()
    health = page.locator("#health")
    expect(health).to_contain_text("Fewer arrive than usual: 105 of 140, usually 95 %.")
    expect(health.get_by_role("img", name="Delivered within an hour")).to_be_visible()
    health.get_by_text("The same in numbers").press("Enter")
    expect(health.get_by_role("listitem")).to_have_count(28)
    can_be_read(page)
