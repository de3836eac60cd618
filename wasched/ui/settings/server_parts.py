"""What holds for the whole server: practice mode, keeping messages, and what this is."""

import reflex as rx

from wasched.ui.components.confirm import confirm_dialog
from wasched.ui.components.forms import field, text_input
from wasched.ui.components.links import text_link
from wasched.ui.components.section import save_line, settings_part
from wasched.ui.core import routes
from wasched.ui.frame.state import ShellState
from wasched.ui.frame.stop_text import WHOLE
from wasched.ui.frame.stopping_state import StoppingState
from wasched.ui.settings.back_up_part import back_up_part
from wasched.ui.settings.server_people_state import ServerPeopleState
from wasched.ui.settings.server_state import ServerState


def server_parts() -> rx.Component:
    """The choices of who runs the server; others read how it is."""
    return rx.fragment(
        _stop_server(), _practice(), _origins(), _keeping(), back_up_part(), _about()
    )


def _stop_server() -> rx.Component:
    return rx.cond(
        ServerPeopleState.is_admin,
        settings_part(
            "stop-server",
            "Stop the whole server",
            "Nothing goes out through anybody's accounts until you go on. Everybody is told.",
            rx.cond(
                ShellState.is_server_stopped,
                rx.el.button(
                    "Go on with the whole server",
                    type="button",
                    on_click=StoppingState.ask(WHOLE),
                    class_name="btn",
                ),
                confirm_dialog(
                    rx.el.button("Stop the whole server", type="button", class_name="btn"),
                    "Stop the whole server?",
                    "Nothing goes out through any account here, also of others, until you go on. "
                    "What falls due meanwhile waits, and is missed once it is too late.",
                    "Stop it",
                    "Back",
                    StoppingState.stop(WHOLE),
                    ends=True,
                ),
            ),
            words="pause hold halt emergency",
        ),
    )


def _practice() -> rx.Component:
    return settings_part(
        "practice",
        "Practice mode",
        "Everything works, no message leaves this server. To try things out without a phone.",
        rx.el.p(
            rx.cond(ServerState.practice, "It is on.", "It is off: messages really go out."),
            class_name="strong",
            role="status",
        ),
        rx.cond(
            ServerState.practice_fixed,
            rx.el.p("PRACTICE_MODE in this server's environment decides it.", class_name="help"),
            rx.cond(
                ServerPeopleState.is_admin,
                rx.cond(ServerState.practice, _leave_practice(), _enter_practice()),
                rx.el.p("Only who runs this server can change it.", class_name="help"),
            ),
        ),
    )


def _enter_practice() -> rx.Component:
    return rx.el.button(
        "Turn it on",
        type="button",
        on_click=ServerState.switch_practice(True),
        class_name="btn",
    )


def _leave_practice() -> rx.Component:
    return confirm_dialog(
        rx.el.button("Turn it off", type="button", class_name="btn"),
        "Turn practice mode off?",
        "What is scheduled really goes out from then on, to real people.",
        "Turn it off",
        "Stay in practice",
        ServerState.switch_practice(False),
    )


def _origins() -> rx.Component:
    """Shown to who can change it; at each file everybody reads what becomes of it."""
    return rx.cond(
        ServerPeopleState.is_admin,
        settings_part(
            "photos",
            "Place and camera in photos",
            "Cameras write into photos and films where, when and with what they were taken. Sent "
            "as a document, a file always goes exactly as it is.",
            rx.el.p(
                rx.cond(
                    ServerState.origin_kept,
                    "They stay in what goes as a photo or video.",
                    "They are taken out of what goes as a photo or video.",
                ),
                class_name="strong",
                role="status",
            ),
            rx.el.button(
                rx.cond(ServerState.origin_kept, "Take them out", "Leave them in"),
                type="button",
                on_click=ServerState.keep_origin(~ServerState.origin_kept),
                class_name="btn",
            ),
            words="privacy exif gps location metadata",
        ),
    )


def _keeping() -> rx.Component:
    form = rx.el.form(
        field(
            "keep_days",
            "Days",
            text_input(
                "keep_days",
                ServerState.error,
                default_value=ServerState.keep_days,
                key=ServerState.keep_days,
                input_mode="numeric",
                auto_complete="off",
            ),
            "0 keeps everything.",
            ServerState.error,
        ),
        save_line("Save", ServerState.saved),
        on_submit=ServerState.keep,
        no_validate=True,
    )
    fixed = rx.el.p(
        "KEEP_DAYS in this server's environment decides it: ", ServerState.keep_days, " days."
    )
    return rx.cond(
        ServerPeopleState.is_admin,
        settings_part(
            "keeping",
            "Keeping messages",
            "Finished messages older than this are forgotten; what waits never is.",
            rx.cond(ServerState.keep_fixed, fixed, form),
            words="history delete",
        ),
    )


def _about() -> rx.Component:
    return settings_part(
        "about",
        "About",
        "wasched is independent software, not made by WhatsApp or Meta.",
        rx.el.p("Version ", ServerState.version, class_name="num"),
        rx.el.p(text_link("How this server is", routes.HEALTH)),
    )
