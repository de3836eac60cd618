"""Accounts: the list, and beside it the one that is chosen: its codes, or how it stands."""

import reflex as rx

from wasched.ui.accounts.health import health_card
from wasched.ui.accounts.pace import pace_card
from wasched.ui.accounts.pairing import pairing_card
from wasched.ui.accounts.passkey import passkey_card
from wasched.ui.accounts.passkey_state import PasskeyLinkState
from wasched.ui.accounts.state import AccountsState
from wasched.ui.accounts.warm_up import warm_up_card
from wasched.ui.components.confirm import confirm_dialog
from wasched.ui.components.each import each
from wasched.ui.components.empty import missing_state, skeleton_rows
from wasched.ui.components.forms import field, text_input
from wasched.ui.components.icons import icon
from wasched.ui.components.links import link
from wasched.ui.components.status import link_state
from wasched.ui.components.tiles import use_bar
from wasched.ui.core import routes
from wasched.ui.core.rows import AccountLine
from wasched.ui.frame.layout import page_head, page_shell
from wasched.ui.frame.roles import managers_see, writers_see
from wasched.ui.frame.state import ShellState
from wasched.ui.frame.stopping import stop_everything, stop_or_go_on


def accounts_page() -> rx.Component:
    """The list, and the form that adds an account."""
    return page_shell(
        page_head("Accounts", "The WhatsApp numbers this server may send from."),
        rx.cond(
            AccountsState.is_loaded,
            rx.el.div(
                rx.el.div(stop_everything("btn wide only-phone"), _list("")),
                managers_see(_new()),
                class_name="accounts",
            ),
            skeleton_rows(),
        ),
        title="Accounts",
        current=routes.ACCOUNTS,
        back=routes.MORE,
    )


def account_detail() -> rx.Component:
    """One account; on a desktop beside the list."""
    return page_shell(
        page_head("Accounts", "The WhatsApp numbers this server may send from.", _add_link()),
        rx.cond(
            AccountsState.is_loaded,
            rx.el.div(_list("only-desk"), _chosen(), class_name="accounts"),
            skeleton_rows(),
        ),
        title=rx.cond(AccountsState.account.name != "", AccountsState.account.name, "Account"),
        current=routes.ACCOUNTS,
        back=routes.ACCOUNTS,
    )


def _add_link() -> rx.Component:
    return managers_see(
        link(icon("plus"), "Add an account", href=routes.ACCOUNTS, class_name="btn")
    )


def _list(only: str) -> rx.Component:
    return rx.cond(
        AccountsState.accounts.length() > 0,
        rx.el.nav(
            each(AccountsState.accounts, _row, "id"),
            class_name=f"card rows {only}".strip(),
            custom_attrs={"aria-label": "Accounts"},
        ),
    )


def _row(account: rx.Var[AccountLine]) -> rx.Component:
    current = AccountsState.router.url.path.startswith(account.href)
    return link(
        rx.el.div(
            rx.el.b(account.name, class_name="clip", dir="auto"),
            rx.cond(account.is_stopped, link_state(state="stopped")),
            link_state(state=account.state),
            class_name="top",
        ),
        rx.cond(
            account.state == "connected",
            rx.el.p(account.phone, " · ", account.use, " today"),
            rx.el.p(account.sentence),
        ),
        href=account.href,
        class_name="a-row",
        custom_attrs={"aria-current": rx.cond(current, "page", "false")},
    )


def _new() -> rx.Component:
    return rx.el.section(
        rx.el.h2(
            rx.cond(AccountsState.accounts.length() > 0, "Add an account", "Link a phone"),
            class_name="big-title",
        ),
        rx.el.p(
            rx.cond(
                ShellState.practice,
                "Only practice: it takes a name, no phone, and is linked at once.",
                "Its messages go out from this server, also while the phone is off.",
            ),
            class_name="muted",
        ),
        rx.el.form(
            field(
                "name",
                "What do you call this phone?",
                text_input(
                    "name",
                    AccountsState.error,
                    placeholder="Choir phone",
                    max_length=200,
                    dir="auto",
                ),
                "People you write to never see this name.",
                AccountsState.error,
            ),
            rx.el.button(
                rx.cond(ShellState.practice, icon("flask_conical"), icon("qr_code")),
                rx.cond(ShellState.practice, "Link it for practice", "Show the code"),
                type="submit",
                class_name="btn primary big",
            ),
            on_submit=AccountsState.add,
            no_validate=True,
        ),
        class_name="card new-account",
    )


def _chosen() -> rx.Component:
    return rx.cond(
        PasskeyLinkState.page.step != "", rx.el.div(passkey_card(), _stopping()), _as_it_stands()
    )


def _as_it_stands() -> rx.Component:
    return rx.match(
        AccountsState.account.shows,
        ("pairing", rx.el.div(pairing_card(), _stopping())),
        (
            "detail",
            rx.el.div(_standing(), health_card(), warm_up_card(), managers_see(pace_card())),
        ),
        missing_state(
            "There is no such account, or it is not yours.", routes.ACCOUNTS, "All accounts"
        ),
    )


def _standing() -> rx.Component:
    account = AccountsState.account
    return rx.el.section(
        rx.el.div(
            rx.el.h2(rx.el.bdi(account.name), class_name="big-title only-desk"),
            rx.cond(account.is_stopped, link_state(state="stopped")),
            link_state(state=account.state),
            class_name="title",
        ),
        rx.cond(account.phone != "", rx.el.p(account.phone, class_name="muted num")),
        rx.cond(account.stopped != "", rx.el.p(account.stopped, class_name="standing bad")),
        rx.el.p(account.sentence, class_name="standing"),
        rx.cond(account.is_untried & ~ShellState.practice, writers_see(_linked())),
        rx.el.div(
            rx.el.span("Sent today"), rx.el.span(account.use, class_name="num"), class_name="use"
        ),
        use_bar(account.percent),
        rx.cond(account.waiting != "", rx.el.p(account.waiting, ".", class_name="help")),
        rx.el.div(
            managers_see(_first_action()),
            rx.cond(ShellState.may_stop, _stop()),
            managers_see(_unlink()),
            class_name="line actions",
        ),
        class_name="card one-account",
    )


def _linked() -> rx.Component:
    """Until the first message, what to do next stands before gaps and caps."""
    return rx.el.div(
        rx.el.p("Linked. Send yourself a test: it goes to this phone's own chat.", role="status"),
        rx.el.button(
            icon("send"),
            "Send yourself a test",
            type="button",
            on_click=AccountsState.send_test,
            class_name="btn primary",
        ),
        class_name="once",
    )


def _first_action() -> rx.Component:
    """What helps in this state."""
    return rx.match(
        AccountsState.account.state,
        ("replaced", _action("connect", "Connect", "plug")),
        ("error", _action("connect", "Try now", "refresh_cw")),
        ("banned", _action("connect", "Try now", "refresh_cw")),
        rx.fragment(),
    )


def _stop() -> rx.Component:
    account = AccountsState.account
    return stop_or_go_on(account.id.to_string(), account.name, account.is_stopped)


def _stopping() -> rx.Component:
    """Beside the codes: what is scheduled goes as soon as the phone is linked."""
    account = AccountsState.account
    return rx.el.section(
        rx.cond(account.stopped != "", rx.el.p(account.stopped, class_name="standing bad")),
        rx.el.div(_stop(), class_name="line actions"),
        class_name="card one-account",
    )


def _action(wish: str, label: str, name: str) -> rx.Component:
    return rx.el.button(
        icon(name), label, type="button", on_click=AccountsState.steer(wish), class_name="btn"
    )


def _unlink() -> rx.Component:
    account = AccountsState.account
    return confirm_dialog(
        rx.el.button(icon("unlink"), "Unlink", type="button", class_name="btn ghost"),
        f"Unlink {account.name}?",
        account.unlink_sentence,
        "Unlink",
        "Keep it linked",
        AccountsState.steer("unlink"),
        ends=True,
    )
