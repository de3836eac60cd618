"""What is said of an account's link, in English: what is so, and what to do."""

from wasched.domain.reasons import Code

SENTENCES: dict[Code, str] = {
    Code.READY: "Ready to send.",
    Code.READY_SINCE: "Ready to send. Linked since {date}.",
    Code.HELD: "{why} It goes on by itself {then}.",
    Code.CONNECTING: "Connecting to WhatsApp. This takes a few seconds.",
    Code.RECONNECTING: "No connection to WhatsApp. It tries again by itself.",
    Code.NO_CONNECTION_FOR: "No connection for {length}. Check this server's internet.",
    Code.TO_LINK: "Link it by QR code or number code, with this phone in hand.",
    Code.NO_CODE: "No code is shown now. Ask for a new one, with this phone in hand.",
    Code.LOGGED_OUT: "The phone ended the link at {clock}. {stay}",
    Code.REPLACED: "Another program opened this link at {clock}, and only one can hold it. "
    "Stop the other one, then connect here.",
    Code.OUTDATED: "WhatsApp no longer accepts this version of wasched. Messages wait, each for as "
    "long as it may be late. Pull or build a newer image.",
    Code.RESTRICTED: "WhatsApp has restricted this number. Open WhatsApp on the phone and ask for "
    "a review.",
    Code.RESTRICTED_UNTIL: "WhatsApp has restricted this number until {weekday} {date}, {clock}. "
    "Sending goes on by itself then.",
    Code.NEEDS_PASSKEY: "WhatsApp asks this number for a passkey, which wasched cannot give yet. "
    "Use another number for now.",
    Code.LINK_FAILS: "The link does not work. It tries again by itself.",
    Code.LOGIN_REFUSED: "WhatsApp refused the login ({number}).",
    Code.LOGIN_REFUSED_SAYING: "WhatsApp refused the login ({number}). {text}",
    Code.LOGIN_REFUSED_UNKNOWN: "WhatsApp refused the login ({number}). This version of wasched "
    "does not know why.",
    Code.SESSION_IN_USE: "Another process holds this link. Stop the other server that uses this "
    "folder.",
    Code.STORE_FULL: "The disk with the links is full, so nothing can be sent or received. "
    "Make room; wasched goes on by itself.",
    Code.STORE_READ_ONLY: "The folder with the links can only be read, so nothing can be sent or "
    "received. Make it writable; wasched goes on by itself.",
    Code.STORE_UNREACHABLE: "The link's file cannot be opened: its folder is missing, read-only "
    "or not this user's. Mend that; wasched goes on by itself.",
    Code.STORE_BROKEN: "The disk with the links fails to read or write. Look at the server's "
    "system log; a new disk may be needed.",
    Code.STORE_DAMAGED: "The link's file is damaged. Unlink this account and link it again; what "
    "waits stays.",
    Code.STORE_UNKEPT: "The link's file did not take what has to be kept of a message. wasched "
    "tries again by itself.",
    # Why there is no pairing code
    Code.CODES_TOO_OFTEN: "WhatsApp gives no more codes for this number at the moment. Try again "
    "in an hour.",
    Code.CODE_NUMBER_REFUSED: "WhatsApp does not take this number. Check it, with its country in "
    "front.",
    Code.CODE_FAILED: "WhatsApp gave no code: {text} Scan the QR code instead.",
    Code.PRACTICE_LINKS_NONE: "Practice mode links no phone. Switch it off to link this one.",
    # Why nothing is handed over now
    Code.NOT_CONNECTED: "There is no connection to WhatsApp at the moment.",
    Code.NO_PROCESS: "The connection to WhatsApp is being started.",
    Code.HELD_BACK: "It was stopped.",
    Code.LINKED_ALREADY: "This account is linked already. Unlink it first.",
    Code.PRACTICE_NOT_LINKED: "This practice account is not linked.",
    Code.DATABASE_UNREADABLE: "The database cannot be read.",
    Code.SESSION_UNREADABLE: "The link's session file cannot be read: {text}.",
}
