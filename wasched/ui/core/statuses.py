"""How messages and links stand, as people see it: an icon, a word and a tone for each."""

MESSAGE_STATUSES = {
    "scheduled": ("clock", "Scheduled", "wait"),
    "held": ("hourglass", "Waits", "wait"),
    "held_by_me": ("hourglass", "Waits for you", "ask"),
    "stopped": ("octagon_pause", "Stopped", "bad"),
    "sending": ("loader_circle", "Sending", "now"),
    "sent": ("check", "Sent", "good"),
    "delivered": ("check_check", "Delivered", "good"),
    "read": ("eye", "Read", "good"),
    "played": ("headphones", "Played", "good"),
    "partly": ("circle_alert", "Partly sent", "ask"),
    "unknown": ("circle_help", "Maybe sent", "ask"),
    "missed": ("clock_alert", "Missed", "ask"),
    "failed": ("circle_x", "Failed", "bad"),
    "skipped": ("skip_forward", "Skipped", "wait"),
    "cancelled": ("ban", "Cancelled", "wait"),
    "taken_back": ("trash_2", "Deleted", "wait"),
    "paused": ("pause", "Paused", "wait"),
    "approval": ("hourglass", "Waits for approval", "ask"),
    "refused": ("undo_2", "Not approved", "ask"),
}
"""Icon, word and colour of each status of a message."""


def status_word(status: str) -> str:
    """The word of a message's status, inside a sentence."""
    return MESSAGE_STATUSES[status][1].lower()


LINK_STATES = {
    "connecting": ("plug", "Connecting", "now"),
    "connected": ("circle_check", "Connected", "good"),
    "reconnecting": ("refresh_cw", "Reconnecting", "now"),
    "needs_link": ("unlink", "Not linked", "ask"),
    "logged_out": ("unlink", "Not linked", "ask"),
    "replaced": ("arrow_left_right", "Taken over", "ask"),
    "outdated": ("circle_arrow_up", "Update needed", "bad"),
    "banned": ("shield_alert", "Restricted", "bad"),
    "needs_passkey": ("key_round", "Passkey asked", "bad"),
    "error": ("triangle_alert", "Not working", "bad"),
    "stopped": ("octagon_pause", "Stopped", "bad"),
}
"""Icon, word and colour of each state of a link."""
