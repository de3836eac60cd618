"""Settings: one page, each part saved by itself."""

import reflex as rx
from reflex.style import color_mode, set_color_mode

from wasched.ui.components.each import each
from wasched.ui.components.empty import skeleton_rows
from wasched.ui.components.forms import field, text_input
from wasched.ui.components.icons import icon
from wasched.ui.components.links import link_here, text_link
from wasched.ui.components.section import save_line, settings_part
from wasched.ui.components.strength import strength_line, strength_note
from wasched.ui.components.zones import ZONES_ID, zone_list
from wasched.ui.core import routes
from wasched.ui.core.refusal_text import WHO_SEES
from wasched.ui.frame.layout import page_head, page_shell
from wasched.ui.frame.shortcuts import keys_switch
from wasched.ui.settings.calendar_address_part import calendar_address_part
from wasched.ui.settings.devices_state import DeviceLine, DevicesState
from wasched.ui.settings.keys_part import keys_part
from wasched.ui.settings.keys_state import KeysState
from wasched.ui.settings.moving_part import is_moving_shown, moving_part
from wasched.ui.settings.node_part import KEY as NODE
from wasched.ui.settings.node_part import node_part
from wasched.ui.settings.node_state import NodeState
from wasched.ui.settings.passkeys_part import passkeys_part
from wasched.ui.settings.password_question import password_question, whose_password
from wasched.ui.settings.replies_part import replies_part
from wasched.ui.settings.second_step_part import second_step_part
from wasched.ui.settings.server_parts import server_parts
from wasched.ui.settings.server_people import server_people_part
from wasched.ui.settings.server_people_state import ServerPeopleState
from wasched.ui.settings.state import SettingsState
from wasched.ui.settings.team import team_part
from wasched.ui.settings.team_state import TeamState

_PARTS = (
    ("you", "You"),
    ("password-part", "Password"),
    ("second-step", "Second step"),
    ("passkeys", "Passkeys"),
    ("look", "Appearance"),
    ("devices", "Signed in"),
    ("alerts", "Alerts"),
    ("calendar-address", "Calendar elsewhere"),
    ("pace", "Pace"),
    ("people", "People"),
    ("replies", "Replies"),
    ("keywords", "Keywords"),
    ("move", "Move to another space"),
    ("api-keys", "Keys"),
    ("webhooks", "Webhooks"),
    ("server-people", "This server"),
    (NODE, "From the Node.js version"),
    ("audit-log", "Audit log"),
    ("stop-server", "Stop the server"),
    ("practice", "Practice mode"),
    ("keeping", "Keeping"),
    ("back-up", "Back-up"),
    ("about", "About"),
)
_SERVER = ("stop-server", "keeping", "back-up")
_reads_log = TeamState.may_manage | TeamState.is_admin
_LOOKS = (("system", "Like the system"), ("light", "Light"), ("dark", "Dark"))


def settings_page() -> rx.Component:
    """The whole page."""
    return page_shell(
        page_head("Settings"),
        rx.cond(
            SettingsState.is_loaded,
            rx.el.div(
                rx.el.div(_search(), _headings(), class_name="parts"),
                rx.el.div(*_parts(), _nothing()),
                class_name="settings",
            ),
            skeleton_rows(6),
        ),
        password_question(),
        title="Settings",
        current=routes.SETTINGS,
        back=routes.MORE,
    )


def _search() -> rx.Component:
    """Narrowed in the browser: everything there is to find is on the page already."""
    return rx.el.div(
        rx.el.span(
            icon("search"),
            rx.el.input(
                id="search",
                type="search",
                placeholder="Find a setting",
                auto_complete="off",
                custom_attrs={"aria-label": "Find a setting", "data-narrows": ".settings"},
            ),
            class_name="field search",
        ),
        role="search",
    )


def _nothing() -> rx.Component:
    return rx.el.p(
        role="status", class_name="muted", custom_attrs={"data-none": "Nothing matches."}
    )


def _headings() -> rx.Component:
    return rx.el.nav(
        *[_heading(key, word) for key, word in _PARTS],
        custom_attrs={"aria-label": "Parts of this page"},
    )


def _heading(key: str, word: str) -> rx.Component:
    shown = link_here(word, place=key)
    if key == "audit-log":
        return rx.cond(_reads_log, shown)
    if key in ("api-keys", "webhooks"):
        return rx.cond(KeysState.may_make, shown)
    if key == "server-people":
        return rx.cond(ServerPeopleState.is_peopled, shown)
    if key == NODE:
        return rx.cond(NodeState.is_shown, shown)
    if key == "move":
        return rx.cond(is_moving_shown(), shown)
    return rx.cond(ServerPeopleState.is_admin, shown) if key in _SERVER else shown


def _parts() -> list[rx.Component]:
    mine = [_you(), _password(), second_step_part(), passkeys_part(), _look(), _devices()]
    here = [
        _alerts(),
        calendar_address_part(),
        _pace(),
        team_part(),
        replies_part(),
        _keywords(),
        moving_part(),
        keys_part(),
        _webhooks(),
    ]
    return [*mine, *here, server_people_part(), node_part(), _audit_log(), server_parts()]


def _alerts() -> rx.Component:
    return settings_part(
        "alerts",
        "Alerts",
        "You are told by e-mail, ntfy, Telegram and others when something needs you.",
        text_link("Choose what you are told of", routes.ALERTS),
        words="notifications push mail incidents quiet hours slack telegram ntfy",
    )


def _keywords() -> rx.Component:
    return settings_part(
        "keywords",
        "Keywords",
        "A word that somebody writes back, such as yes, sets a field, moves them to a list, or is "
        "answered.",
        text_link("See the keywords", routes.KEYWORDS),
        words="auto reply automatic answer bot word replies rsvp",
    )


def _webhooks() -> rx.Component:
    return rx.cond(
        KeysState.may_make,
        settings_part(
            "webhooks",
            "Webhooks",
            "Other programs are told what happens here, as it happens.",
            text_link("See the webhooks", routes.WEBHOOKS),
            words="api events program developer hooks n8n",
        ),
    )


def _audit_log() -> rx.Component:
    return rx.cond(
        _reads_log,
        settings_part(
            "audit-log",
            "Audit log",
            "Who did what, when and from where.",
            text_link("Read the log", routes.AUDIT_LOG),
            words="history security deeds who",
        ),
    )


def _you() -> rx.Component:
    return settings_part(
        "you",
        "You",
        "How you are called here, and the zone that times are shown in.",
        rx.el.form(
            _field("name", "Your name", SettingsState.name, "name"),
            _field("email", "E-mail", SettingsState.email, "username", type="email"),
            _field("zone", "Time zone", SettingsState.zone, "off", list=ZONES_ID),
            zone_list(),
            save_line("Save", SettingsState.saved == "you"),
            on_submit=SettingsState.save,
            no_validate=True,
        ),
        rx.cond(ServerPeopleState.is_admin, rx.fragment(), rx.el.p(WHO_SEES, class_name="help")),
    )


def _password() -> rx.Component:
    return settings_part(
        "password-part",
        "Password",
        "Changing it signs out every other browser.",
        rx.el.form(
            whose_password(SettingsState.email),
            _field("current", "Present password", "", "current-password", type="password"),
            _new_password(),
            save_line("Change it", SettingsState.saved == "password"),
            on_submit=SettingsState.change_password,
            no_validate=True,
            key=SettingsState.round.to_string(),
        ),
    )


def _new_password() -> rx.Component:
    about_me = SettingsState.name, SettingsState.email
    return rx.fragment(
        _field(
            "password",
            "New password",
            "",
            "new-password",
            type="password",
            on_change=lambda new: strength_note(new, *about_me),
        ),
        strength_line(_error_at("password")),
    )


def _field(
    name: str, label: str, value: rx.Var[str] | str, auto_complete: str, **props: object
) -> rx.Component:
    error = _error_at(name)
    control = text_input(
        name, error, default_value=value, key=value, auto_complete=auto_complete, **props
    )
    return field(name, label, control, error=error)


def _error_at(name: str) -> rx.Var[str]:
    return rx.cond(SettingsState.field == name, SettingsState.error, "")


def _look() -> rx.Component:
    return settings_part(
        "look",
        "Appearance",
        "In this browser only.",
        rx.el.div(
            *[_choose(key, word) for key, word in _LOOKS],
            class_name="segments",
            role="group",
            custom_attrs={"aria-labelledby": "look-title"},
        ),
        keys_switch(),
        words="theme colour day night",
    )


def _choose(key: str, word: str) -> rx.Component:
    return rx.el.button(
        word,
        type="button",
        on_click=set_color_mode(key),
        custom_attrs={"aria-pressed": rx.cond(color_mode == key, "true", "false")},
    )


def _devices() -> rx.Component:
    return settings_part(
        "devices",
        "Where you are signed in",
        "Sign out what you do not know, then change your password.",
        rx.el.ul(each(DevicesState.devices, _device, "id"), class_name="rows"),
        rx.cond(
            DevicesState.devices.length() > 1,
            rx.el.button(
                "Sign out all others",
                type="button",
                on_click=DevicesState.end_others,
                class_name="btn second",
            ),
        ),
        words="devices browsers sessions",
    )


def _device(one: rx.Var[DeviceLine]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            rx.el.div(one.name, class_name="clip strong", dir="auto"),
            rx.el.div(one.about, class_name="small muted"),
        ),
        rx.cond(
            one.is_this,
            rx.el.span("This browser", class_name="small muted"),
            rx.el.button(
                "Sign out",
                rx.el.span(f" {one.name}", class_name="sr"),
                type="button",
                on_click=DevicesState.end(one.id),
                class_name="btn ghost",
            ),
        ),
        class_name="person",
    )


def _pace() -> rx.Component:
    return settings_part(
        "pace",
        "Pace and quiet hours",
        "Gaps, daily caps and quiet hours belong to a number: each account has its own.",
        text_link("Choose an account", routes.ACCOUNTS),
        words="limits speed",
    )
