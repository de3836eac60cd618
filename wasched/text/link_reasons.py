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
}
