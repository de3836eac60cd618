"""What is said of messages, in English: why they wait, did not go, or may have gone."""

from wasched.domain.reasons import Code

SENTENCES: dict[Code, str] = {
    Code.NONE: "",
    Code.SAID: "{text}",
    # Why a message waits
    Code.DAILY_CAP: "This account has sent its {cap} for today; goes out after midnight.",
    Code.STRANGER_CAP: "This account has written to its {cap} new people for today; "
    "goes out after midnight.",
    Code.WARM_UP_CAP: "Day {day} of 14 of this number's warm-up: {cap} messages a day; "
    "goes on after midnight.",
    Code.WARM_UP_STRANGER_CAP: "Day {day} of 14 of this number's warm-up: {cap} new people a day; "
    "goes on after midnight.",
    Code.QUIET_HOURS: "Waits for quiet hours to end at {clock}.",
    Code.IN_LINE: "In line behind others, about {clock}.",
    Code.PAUSED: "Its schedule is paused. Nothing goes out until it is resumed.",
    Code.WAITS_FOR_APPROVAL: "Waits for approval. Without it, this is missed.",
    Code.SEND_HELD: "This send went badly and stopped itself. Decide on Home, or this is missed.",
    Code.REFUSED_FOR_NOW: "Not approved. It does not go out as it is.",
    Code.ACCOUNT_STOPPED: "{account} is stopped. It goes on in time, or this is missed.",
    Code.SERVER_STOPPED: "The whole server is stopped. It goes on in time, or this is missed.",
    Code.ACCOUNT_NOT_LINKED: "{account} is not linked. Link it in time, or this is missed.",
    Code.NO_CONNECTION: "No connection to WhatsApp; it tries again by itself.",
    Code.LIMITED_TOO_LONG: "{why} This one may not be so late: it will be missed, and you are "
    "asked.",
    Code.LOOKED_UP: "WhatsApp did not find this number. It is looked up, then tried again.",
    Code.TRIED_AGAIN: "The server was stopped, or could not keep what it does, before it left. "
    "It is tried again.",
    # Why it was missed
    Code.WAS_STOPPED: "{account} was stopped.",
    Code.WAS_NOT_LINKED: "{account} was not linked.",
    Code.WAS_RESTRICTED: "WhatsApp had restricted this number.",
    Code.WAS_PAUSED: "Its schedule was paused at its time.",
    Code.WAS_STRANDED: "It was paused when its schedule ended.",
    Code.NOT_APPROVED: "Nobody had approved it at its time.",
    Code.APPROVAL_REFUSED: "It was not approved.",
    Code.STOPPED_ITSELF: "Its send went badly and stopped itself, and nobody let it go on in time.",
    Code.NOT_IN_TIME: "It could not go out in time.",
    Code.NOT_LOOKED_UP: "WhatsApp did not find this number, and there was no time to look it up.",
    Code.LAID_OUT_TWICE: "Its schedule had ended before this time when it was edited, and another "
    "one took over, so it might have come twice. Send it only if it is wanted all the same.",
    Code.DAY_LEFT_OUT: "This day had been left out. Send it only if it is wanted all the same.",
    Code.NOT_SENT_BEFORE: "The Node.js version did not send it in time.",
    Code.FAILED_BEFORE: "The Node.js version could not send it: {text}",
    Code.RESTORED: "The server was restored from a {source} of {day}; it may have gone out before.",
    # Why it was skipped or taken back
    Code.OPTED_OUT: "Asked for no more messages.",
    Code.REPLIED: "Replied first.",
    Code.SAME_PERSON: "The same person as {name}, who gets this message.",
    Code.HAD_VOTED: "Had voted before the nudge was to go.",
    Code.HAD_REPLIED: "Had replied before the nudge was to go.",
    Code.HAD_READ: "Had read it before the nudge was to go.",
    Code.HAD_COME: "It had come before the nudge was to go.",
    Code.NOTHING_TO_NUDGE: "The message that this follows had not gone to them.",
    Code.REPLIES_NOT_KEPT: "Replies are not kept here, so nobody can tell who has not replied.",
    Code.CANCELLED_BY: "Cancelled by {user}.",
    Code.STOPPED_BY: "Stopped by {user}.",
    Code.LEFT_OUT_BY: "Left out by {user} after a stop.",
    Code.REST_TAKEN_BACK: "Taken back by {user}, as its send went badly.",
    Code.CANCELLED_WITH_SCHEDULE: "Cancelled with its schedule.",
    Code.LEFT_OUT: "This one is left out.",
    Code.USUAL_INSTEAD: "The usual one goes out instead.",
    Code.TAKEN_OFF: "Taken off the message.",
    Code.MERGED: "The same person has another message of this.",
    Code.REMOVED: "Removed from the people.",
    # What a person, the evidence or a restore knows of it
    Code.IT_ARRIVED: "You said that it arrived.",
    Code.NEVER_LEFT: "The server was stopped, or could not keep what it does, before it left.",
    Code.MAYBE_LEFT: "It was handed over, then the connection broke before WhatsApp answered. "
    "Nothing is sent twice on a guess, so it waits for you.",
    Code.NOBODY_KNOWS: "The server could not keep track while it was being sent, so nobody can "
    "tell whether it left. Nothing is sent twice on a guess, so it waits for you.",
    Code.RESTORED_ON_ITS_WAY: "It was on its way in the {source} of {day} that the server was "
    "restored from.",
    # Why what went out cannot be deleted or corrected
    Code.NOT_GONE_OUT: "It has not gone out.",
    Code.MAYBE_GONE_OUT: "Nobody can tell whether it went out, so WhatsApp cannot be told which "
    "message is meant. If it is in the chat on the phone, delete it there.",
    Code.TOO_LATE_TO_DELETE: "WhatsApp deletes a message for everyone within 60 hours after it "
    "went out, and that is over.",
    Code.POST_NOT_CORRECTED: "What was posted for all to see cannot be corrected from here.",
    Code.TOO_LATE_TO_CORRECT: "WhatsApp takes corrections within 15 minutes after a message went "
    "out, and that is over.",
    Code.NO_WORDS_TO_CORRECT: "WhatsApp takes corrections of texts, and of words under a picture, "
    "a video or a document. This has none.",
    Code.WORDS_NOT_KEPT: "Its schedule says something else by now, so it is not known any more "
    "what exactly went out.",
    Code.DELETED_ALREADY: "It is deleted for everyone already.",
    Code.LINKED_ANEW: "The phone was linked anew since it went out. On the phone itself it can "
    "still be done.",
    Code.LINE_GONE: "{account} is not linked any more. On the phone itself it can still be done.",
    Code.TAKEN_BACK_BY: "Taken back by {user} before it went out.",
    Code.AMENDED_SINCE: "Something else was asked for since.",
    # What went wrong on this server
    Code.POISONED: "The link to WhatsApp ended each time this message was handed over, so it is "
    "not tried again. Change what it says or carries.",
    Code.NOTHING_TO_SAY: "There is nothing to say to them: the variables in the text are empty.",
    Code.UNEXPECTED: "Something unexpected happened.",
    Code.UNEXPECTED_FAULT: "Something unexpected happened: {text}",
    Code.PROCESS_ENDED_BY_OTHER: "The connection ended before WhatsApp answered, not because of "
    "this message.",
    Code.PROCESS_ENDED: "The connection's process ended before WhatsApp answered.",
    Code.FILE_GONE: "The file is no longer on this server.",
    Code.NAMED_FILE_GONE: "{name} is no longer on this server.",
    Code.FILE_UNREADABLE: "The file cannot be read just now: the disk or the volume with the "
    "attached files fails.",
    Code.UNKNOWN_KIND: "{kind} is no kind of file that WhatsApp knows.",
    # What WhatsApp answered, or its library
    Code.REFUSED: "WhatsApp refused the message (code {number}).",
    Code.MAY_NOT_WRITE_TO: "WhatsApp does not let this number write there.",
    Code.MAY_NOT_WRITE: "This number may not write there.",
    Code.UNKNOWN_RECIPIENT: "WhatsApp does not know this recipient.",
    Code.NOT_TAKEN: "WhatsApp did not take this message.",
    Code.NOT_TAKEN_FOR: "WhatsApp did not take this message for this recipient.",
    Code.NOT_IN_GROUP: "This number is no longer in the group.",
    Code.RATE_LIMITED: "WhatsApp asked for a pause: too many messages in a short time.",
    Code.STRANGERS_REFUSED: "WhatsApp does not let this number write to people it has not met, "
    "for now.",
    Code.PAUSE_ASKED: "WhatsApp asked for a pause.",
    Code.NO_ADDRESS: "This is no address that WhatsApp knows.",
    Code.NO_GROUP: "This group does not exist any more.",
    Code.NO_INVITE_LINK: "WhatsApp gives the invite link of a group to its admins alone.",
    Code.NO_ROUTE: "WhatsApp did not say in time where this message goes.",
    Code.NOT_ON_WHATSAPP: "This number is not on WhatsApp.",
    Code.NO_KEY: "WhatsApp did not give the key of their phone.",
    Code.CONNECTION_BROKE: "The connection broke before WhatsApp answered.",
    Code.NO_ANSWER: "WhatsApp did not answer in time.",
    Code.NOT_ANSWERED: "WhatsApp did not answer: {text}",
    Code.UPLOAD_FAILED: "The file could not be brought to WhatsApp: {text}",
    Code.LIBRARY_SAYS: "WhatsApp's library says: {text}",
}
