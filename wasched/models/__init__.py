"""The tables."""

from wasched.domain.schedule import LIVE_STATUSES, Approval, ScheduleStatus
from wasched.models.account import (
    Account,
    Lease,
    LinkWish,
    Pairing,
    PairingKind,
    PasskeyLink,
    Wish,
)
from wasched.models.account_day import AccountDay
from wasched.models.alerts import Alert, AlertQuiet, AlertWay, Incident, WayKind
from wasched.models.amendment import Amendment
from wasched.models.api_key import ApiKey, KeptAnswer, Scope
from wasched.models.brought_over import BroughtOver, OldKind
from wasched.models.calendar_address import CalendarAddress
from wasched.models.draft import KeptDraft
from wasched.models.imports import ImportRow, ImportStatus, PeopleImport, Verdict
from wasched.models.keyword import Keyword, KeywordForm, KeywordUse
from wasched.models.lists import (
    ListMember,
    ListPart,
    RecipientList,
    ScheduleLeftOut,
    ScheduleList,
)
from wasched.models.media import MediaFile, MediaState, Upload
from wasched.models.message import Attempt, Message, Outcome, PostViews, Receipt
from wasched.models.number import Number, NumberPeriod
from wasched.models.outbox import (
    DeliveryState,
    EventReader,
    OutboxEvent,
    Webhook,
    WebhookDelivery,
    WebhookState,
)
from wasched.models.passkey import Passkey, PasskeyChallenge
from wasched.models.people import (
    AuditEntry,
    Invitation,
    PasswordLink,
    PasswordRequest,
    SignIn,
    SignInTry,
    User,
)
from wasched.models.recipient import (
    Acquaintance,
    Contact,
    GroupInvite,
    GroupMember,
    NumberCheck,
    Recipient,
    RecipientKind,
)
from wasched.models.reply import Reply
from wasched.models.schedule import Schedule, ScheduleRecipient
from wasched.models.second_step import HalfSignIn, RecoveryCode, SecondStep
from wasched.models.send_hold import HoldState, SendHold
from wasched.models.space import Membership, Role, Space
from wasched.models.system import Change, Duty, Heartbeat, Program, Setting
from wasched.models.template import Template
from wasched.models.votes import AnswerKind, Reaction, SentPoll, UnsettledAnswer, Vote

__all__ = [
    "LIVE_STATUSES",
    "Account",
    "AccountDay",
    "Acquaintance",
    "Alert",
    "AlertQuiet",
    "AlertWay",
    "Amendment",
    "AnswerKind",
    "ApiKey",
    "Approval",
    "Attempt",
    "AuditEntry",
    "BroughtOver",
    "CalendarAddress",
    "Change",
    "Contact",
    "DeliveryState",
    "Duty",
    "EventReader",
    "GroupInvite",
    "GroupMember",
    "HalfSignIn",
    "Heartbeat",
    "HoldState",
    "ImportRow",
    "ImportStatus",
    "Incident",
    "Invitation",
    "KeptAnswer",
    "KeptDraft",
    "Keyword",
    "KeywordForm",
    "KeywordUse",
    "Lease",
    "LinkWish",
    "ListMember",
    "ListPart",
    "MediaFile",
    "MediaState",
    "Membership",
    "Message",
    "Number",
    "NumberCheck",
    "NumberPeriod",
    "OldKind",
    "OutboxEvent",
    "Outcome",
    "Pairing",
    "PairingKind",
    "Passkey",
    "PasskeyChallenge",
    "PasskeyLink",
    "PasswordLink",
    "PasswordRequest",
    "PeopleImport",
    "PostViews",
    "Program",
    "Reaction",
    "Receipt",
    "Recipient",
    "RecipientKind",
    "RecipientList",
    "RecoveryCode",
    "Reply",
    "Role",
    "Schedule",
    "ScheduleLeftOut",
    "ScheduleList",
    "ScheduleRecipient",
    "ScheduleStatus",
    "Scope",
    "SecondStep",
    "SendHold",
    "SentPoll",
    "Setting",
    "SignIn",
    "SignInTry",
    "Space",
    "Template",
    "UnsettledAnswer",
    "Upload",
    "User",
    "Verdict",
    "Vote",
    "WayKind",
    "Webhook",
    "WebhookDelivery",
    "WebhookState",
    "Wish",
]
