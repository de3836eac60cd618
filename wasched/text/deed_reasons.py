"""What is said of what somebody did, in English, as the audit log keeps it: behind who did it."""

from collections.abc import Mapping

from wasched.domain.reasons import Code, Param
from wasched.domain.wording import count_words

SENTENCES: dict[Code, str] = {
    # Getting in
    Code.SIGNED_IN: "signed in",
    Code.SIGNED_OUT: "signed out",
    Code.WRONG_SECOND_STEP: "gave the password and then a wrong code",
    Code.ENDED_SIGN_IN: "signed another browser out",
    Code.ENDED_OTHER_SIGN_INS: "signed all other browsers out",
    Code.CHANGED_PASSWORD: "changed the password",
    Code.CHANGED_EMAIL: "changed the e-mail",
    Code.CHOSE_PASSWORD_BY_LINK: "chose a new password by a link",
    Code.GOT_PASSWORD_LINK: "got a link to a new password in the server's shell",
    Code.MAILED_PASSWORD_LINK: "was mailed a link to a new password",
    Code.MADE_PASSWORD_LINK: "made a link to a new password for {person}",
    Code.SECOND_STEP_ON: "set up a second step",
    Code.SECOND_STEP_OFF: "took the second step off",
    Code.LOST_SECOND_STEP: "took the second step off by a link to a new password",
    Code.NEW_RECOVERY_CODES: "made new recovery codes",
    Code.USED_RECOVERY_CODE: "signed in with a recovery code",
    Code.ADDED_PASSKEY: "added a passkey",
    Code.RENAMED_PASSKEY: "renamed a passkey",
    Code.REMOVED_PASSKEY: "removed a passkey",
    # People
    Code.SIGNED_UP: "signed up",
    Code.MADE_SPACE: "got a space of their own, {name}",
    Code.INVITED: "invited {guest}{as_role}",
    Code.TOOK_INVITATION_BACK: "took back the invitation of {guest}",
    Code.JOINED: "joined{as_role} by an invitation",
    Code.JOINED_AS_ADMIN: "joined as a manager, as the one who runs the server",
    Code.JOINED_SPACE: "joined {name} as a manager",
    Code.LEFT_SPACE: "left",
    Code.LEFT_SERVER: "ended the sign-in of {person}, who belongs nowhere any more",
    Code.CHANGED_ROLE: "made {person} {a_role}",
    Code.REMOVED_MEMBER: "removed {person}",
    Code.KEEPS_REPLIES: "chose to keep {replies_kept}",
    Code.MADE_KEYWORD: "set up the keyword {words}",
    Code.CHANGED_KEYWORD: "changed the keyword {words}",
    Code.REMOVED_KEYWORD: "removed the keyword {words}",
    Code.RENAMED_SPACE: "changed the name{to_name}",
    Code.MADE_OWNER: "made {person} the owner",
    Code.MADE_ADMIN: "let {person} run the server",
    Code.REMOVED_USER: "removed {person} from the server",
    # Programs
    Code.MADE_KEY: "made the key “{name}”",
    Code.REVOKED_KEY: "revoked the key “{name}”",
    Code.ENDED_KEY: "lost the key “{name}” with what they might do",
    Code.MADE_CALENDAR_ADDRESS: "made an address that shows the calendar to other programs",
    Code.ENDED_CALENDAR_ADDRESS: "took the calendar's address back",
    Code.MADE_WEBHOOK: "made a webhook to {host}",
    Code.CHANGED_WEBHOOK: "changed the webhook to {host}",
    Code.ROTATED_WEBHOOK: "made another secret for the webhook to {host}",
    Code.PAUSED_WEBHOOK: "paused the webhook to {host}",
    Code.RESUMED_WEBHOOK: "let the webhook to {host} go on",
    Code.REMOVED_WEBHOOK: "removed the webhook to {host}",
    Code.TESTED_WEBHOOK: "sent a test to the webhook to {host}",
    Code.SENT_TO_WEBHOOK: "sent something again to the webhook to {host}",
    Code.ADDED_ALERT_WAY: "has alerts sent by {label}",
    Code.REMOVED_ALERT_WAY: "has no alerts sent by {label} any more",
    Code.ENDED_ALERT_WAY: "has no alerts sent by {label} any more: the browser ended them",
    Code.WEBHOOK_OFF: "switched off the webhook to {host}, which took nothing for three days",
    Code.WEBHOOK_GONE: "ended the webhook to {host}, which answered that it wants no more (410)",
    # Phones
    Code.ADDED_ACCOUNT: "added {account}",
    Code.ASKED_TO_LINK: "asked for a code to link {account}",
    Code.LINKED_ACCOUNT: "linked {account} to a phone",
    Code.UNLINKED_ACCOUNT: "unlinked {account}",
    Code.REMOVED_ACCOUNT: "removed {account}",
    Code.CHANGED_PACE: "changed the pace of {account}",
    Code.WARM_UP_ON: "switched the warm-up of {account} on",
    Code.WARM_UP_OFF: "switched the warm-up of {account} off",
    Code.STOPPED_ACCOUNT: "stopped {account}",
    Code.RESUMED_ACCOUNT: "let {account} go on",
    Code.MOVED_ACCOUNT: "moved {account} from {source} to {target}",
    # Messages
    Code.SCHEDULED: "scheduled a message",
    Code.CHANGED_SCHEDULE: "changed a schedule",
    Code.PAUSED_SCHEDULE: "paused a schedule",
    Code.RESUMED_SCHEDULE: "let a schedule go on",
    Code.ENDED_SCHEDULE: "stopped a schedule",
    Code.CANCELLED_SCHEDULE: "cancelled a schedule",
    Code.PAUSED_SCHEDULES_OF: "paused {schedules} of {person}",
    Code.SENT_NOW: "sent a message ahead of its time",
    Code.SENT_AGAIN: "sent {messages} again",
    Code.CANCELLED_MESSAGES: "cancelled {messages}",
    Code.DELETED_FOR_EVERYONE: "had {messages} deleted for everyone",
    Code.CORRECTED_MESSAGES: "corrected {messages}",
    Code.SETTLED_MESSAGES: "settled {messages} that needed somebody",
    Code.MOVED_MESSAGES: "moved {messages} to another time",
    Code.UNDID_MESSAGES: "took back what was done with {messages}",
    Code.BROUGHT_OVER: "brought over what the Node.js version kept",
    Code.APPROVED: "approved a message",
    Code.DID_NOT_APPROVE: "did not approve a message",
    Code.LET_SEND_GO_ON: "let a send go on that had stopped itself",
    Code.TOOK_REST_BACK: "took back {messages} of a send that had stopped itself",
    # Files that were taken away
    Code.EXPORTED_MESSAGES: "exported messages",
    Code.EXPORTED_PEOPLE: "exported people",
    Code.EXPORTED_VOTES: "exported votes",
    Code.EXPORTED_AUDIT_LOG: "exported the audit log",
    Code.MADE_BACK_UP: "was backed up",
    Code.ASKED_BACK_UP: "asked for a back-up now",
    Code.TOOK_BACK_UP: "downloaded a back-up of the whole server",
    # The server
    Code.SET_UP_SERVER: "set up the server",
    Code.PRACTICE_ON: "turned practice mode on",
    Code.PRACTICE_OFF: "turned practice mode off",
    Code.KEEP_DAYS: "chose to keep {kept}",
    Code.ORIGIN_KEPT: "chose to leave place and camera in photos",
    Code.ORIGIN_TAKEN_OUT: "chose to take place and camera out of photos",
    Code.STOPPED_SERVER: "stopped the whole server",
    Code.RESUMED_SERVER: "let the whole server go on",
}

_A_ROLE = {
    "manager": "a manager",
    "editor": "an editor",
    "author": "an author",
    "viewer": "a viewer",
}


def deed_word(name: str, given: Mapping[str, Param]) -> str | None:
    """A word of these sentences, made of what a deed's reason gives; None if it is none of them.

    Entries of earlier versions give less: ids without names, no roles.
    """
    role = str(given.get("role", ""))
    match name:
        case "person":
            return f"user {given['user_id']}"
        case "account" if "account_id" in given:
            return f"account {given['account_id']}"
        case "guest":
            return str(given.get("whom") or "somebody")
        case "a_role":
            return _A_ROLE.get(role, role)
        case "as_role":
            if role == "own":
                return " to a space of their own"
            return f" as {_A_ROLE.get(role, role)}" if role else ""
        case "to_name":
            return f" to {given['name']}" if "name" in given else ""
        case "messages":
            return count_words(int(given["count"]), "message", "messages")
        case "schedules":
            return count_words(int(given["count"]), "schedule", "schedules")
        case "kept":
            days = int(given["days"])
            kept = f"finished messages for {count_words(days, 'day', 'days')}"
            return kept if days else "all messages"
        case "replies_kept":
            days = int(given["days"])
            if not days:
                return "no replies"
            read = ", which viewers read" if given["viewers"] else ""
            return f"replies for {count_words(days, 'day', 'days')}{read}"
    return None
