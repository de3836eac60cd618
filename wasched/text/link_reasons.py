"""What is said of an account's link, in English: what is so, and what to do."""

from wasched.domain.reasons import Code

SENTENCES: dict[Code, str] = {
    Code.READY: "Ready to send.",
    Code.READY_SINCE: "Ready to send. Linked since {date}.",
    Code.HELD: "{why} It goes on by itself {then}.",
    Code.CONNECTING: "Connecting to WhatsApp. This takes a few seconds.",
    Code.RECONNECTING: "No connection to WhatsApp. It tries again by itself.",
    Code.NO_CONNECTION_FOR: "No connection for {length}. Check this server's internet.",
    Code.LINK_APART: "Ready to send. Its link failed twice, stopping others for a moment, "
    "so it now has a process of its own.",
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
    Code.NEEDS_PASSKEY: "WhatsApp asks this number for its passkey. Show it from this number's "
    "page under Accounts, at a computer.",
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
    Code.STORE_AWAY: "The database with the links does not answer, or takes no more connections. "
    "Look after it; wasched goes on by itself.",
    Code.STORE_UNKNOWN: "The links in the database are of a version that this wasched does not "
    "know. Start the newest version everywhere.",
    Code.STORE_POOLED: "Something between wasched and the database with the links, such as a "
    "pooler, does not pass on who asks. Lead SESSION_DATABASE_URL to the database itself.",
    Code.LINK_TAKEN: "Another worker has taken this link over. It goes on there.",
    # Why there is no pairing code
    Code.CODES_TOO_OFTEN: "WhatsApp gives no more codes for this number at the moment. Try again "
    "in an hour.",
    Code.CODE_NUMBER_REFUSED: "WhatsApp does not take this number. Check it, with its country in "
    "front.",
    Code.CODE_FAILED: "WhatsApp gave no code: {text} Scan the QR code instead.",
    Code.PRACTICE_LINKS_NONE: "Practice mode links no phone. Switch it off to link this one.",
    # Why a passkey's answer is of no use, or an account is not linked by one
    Code.PASSKEY_NOT_ASKED: "WhatsApp has not asked for a passkey yet. Scan the code on this page "
    "first.",
    Code.ANSWER_UNREADABLE: "That is not what the bookmark gives. Copy all of it and paste it "
    "again.",
    Code.ANSWER_CREATES: "That was made to create a passkey, not to show one. Press the bookmark "
    "on WhatsApp's page again.",
    Code.ANSWER_OTHER_REQUEST: "That answers an earlier request. Delete the old bookmark, drag the "
    "one on this page to the bar, and press that.",
    Code.ANSWER_OTHER_SITE: "The passkey was shown on {site}. Open https://web.whatsapp.com and "
    "press the bookmark there.",
    Code.ANSWER_OTHER_PASSKEY: "That is the passkey of another site. Press the bookmark again and "
    "choose the one for WhatsApp.",
    Code.ANSWER_OTHER_ACCOUNT: "That is the passkey of another WhatsApp number. Press the bookmark "
    "again and choose this number's.",
    Code.ANSWER_NOT_UNLOCKED: "The passkey was not unlocked. Press the bookmark again and unlock "
    "it by finger, face or PIN.",
    Code.PASSKEY_REFUSED: "WhatsApp did not accept the passkey ({text}). Is it this number's? Drag "
    "the new bookmark to the bar; you can try once more.",
    Code.PASSKEY_REFUSED_TWICE: "WhatsApp did not accept the passkey twice ({text}). On the phone, "
    "look under Settings, Account, Passkeys whether this number has one, then begin again.",
    Code.PASSKEY_TOO_LATE: "The passkey was not shown in time. Begin again with a new code.",
    Code.PASSKEY_ENDED: "WhatsApp ended the attempt. Begin again with a new code, and show the "
    "passkey within two minutes.",
    Code.PASSKEY_TOO_OFTEN: "That was the third attempt within an hour, and more could look odd to "
    "WhatsApp. Begin again in an hour.",
    Code.PHONE_SILENT: "WhatsApp has the passkey, but the phone did not answer. Keep WhatsApp open "
    "on the phone's screen and begin again.",
    Code.PHONE_REFUSED: "The phone refused the link ({text}). Begin again, and keep WhatsApp open "
    "on the phone.",
    Code.PHONE_SHOWS_ANOTHER: "Then somebody else may have answered. Nothing was linked. Begin "
    "again with a new code.",
    Code.CODES_RAN_OUT: "Nobody scanned the codes in time. Begin again, with this phone in hand.",
    Code.LINK_STOPPED: "Linking was stopped, and nothing was linked. Begin again when you like.",
    Code.LINK_STRANGER: "The server that answered could not prove that it is WhatsApp, so nothing "
    "was told to it. Check this server's clock and what stands between it and the internet, "
    "then begin again.",
    Code.LINK_NO_SERVER: "WhatsApp could not be reached. Check this server's internet and begin "
    "again.",
    Code.LINK_REFUSED: "WhatsApp refused this device ({number}). Begin again in an hour; if it "
    "stays so, install a newer wasched.",
    Code.LINK_UNTRUE: "The answer was not by the phone that scanned this code, so nothing was "
    "linked. Begin again with a new code.",
    Code.LINK_ODD: "WhatsApp said something that this version does not understand, and nothing was "
    "linked. Begin again; if it stays so, install a newer wasched.",
    Code.LINK_UNSUPPORTED: "This version cannot link numbers with a passkey: its WhatsApp library "
    "keeps links in a form that it does not know. Install another version of wasched.",
    Code.LINK_UNKEPT: "The new link could not be kept, and nothing was linked. Check the disk of "
    "this server and begin again.",
    # Why nothing is handed over now
    Code.NOT_CONNECTED: "There is no connection to WhatsApp at the moment.",
    Code.NO_PROCESS: "The connection to WhatsApp is being started.",
    Code.HELD_BACK: "It was stopped.",
    Code.HELD_ELSEWHERE: "Another worker holds the account.",
    Code.LINKED_ALREADY: "This account is linked already. Unlink it first.",
    Code.PRACTICE_NOT_LINKED: "This practice account is not linked.",
    Code.DATABASE_UNREADABLE: "The database cannot be read.",
    Code.SESSION_UNREADABLE: "The link's session file cannot be read: {text}.",
}
