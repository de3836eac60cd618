"""A device that is about to be linked: its keys, and what it says of itself."""

from __future__ import annotations

import hashlib
import os
import secrets
import struct
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from wasched.adapters.whatsapp.protocol.curve import KeyPair
from wasched.adapters.whatsapp.protocol.protobufs import companion_reg, wa6
from wasched.adapters.whatsapp.protocol.tokens import find_once, library_path

PLATFORM = companion_reg.DeviceProps.CHROME
CLIENT_TYPE = "1"  # Chrome, in a QR code and for number codes
DISPLAY = "Chrome (Linux)"  # WhatsApp checks that it names a browser and a system
NAME = "wasched"  # as the phone's list of devices shows it

_CURVE = b"\x05"
_WISHES = (
    "inlineInitialPayloadInE2EeMsg",
    "supportCallLogHistory",
    "supportBotUserAgentChatHistory",
    "supportCagReactionsAndPolls",
    "supportBizHostedMsg",
    "supportRecentSyncChunkMessageCountTuning",
    "supportHostedGroupMsg",
    "supportFbidBotChatHistory",
    "supportMessageAssociation",
)
# Fields 15 (group history), 19 (60 days of thumbnails), 21 and 22, which the library sends and its
# Python messages do not know.
_NEWER_WISHES = bytes([15 << 3, 1]) + b"\x98\x01\x3c" + b"\xa8\x01\x01" + b"\xb0\x01\x01"


def clamped_pair() -> KeyPair:
    """A pair whose private half is kept clamped, as whatsmeow keeps it."""
    private = bytearray(os.urandom(32))
    private[0] &= 248
    private[31] = private[31] & 127 | 64
    return KeyPair.from_private(bytes(private))


@dataclass
class NewDevice:
    """All secrets of one attempt; none of them is kept if it fails."""

    noise: KeyPair = field(default_factory=clamped_pair)
    identity: KeyPair = field(default_factory=clamped_pair)
    signed_prekey: KeyPair = field(default_factory=clamped_pair)
    registration_id: int = field(default_factory=lambda: secrets.randbelow(1 << 32))
    adv_secret: bytes = field(default_factory=lambda: os.urandom(32), repr=False)
    signed_prekey_id: int = 1
    signature: bytes = b""

    def __post_init__(self) -> None:
        self.signature = self.identity.sign(_CURVE + self.signed_prekey.public)

    def payload(self) -> bytes:
        """The ClientPayload of a device that is not linked: as the library says it."""
        payload = _payload_of_anybody()
        pairing = payload.devicePairingData
        pairing.eRegid = struct.pack(">I", self.registration_id)
        pairing.eKeytype = _CURVE
        pairing.eIdent = self.identity.public
        pairing.eSkeyID = self.signed_prekey_id.to_bytes(3, "big")
        pairing.eSkeyVal = self.signed_prekey.public
        pairing.eSkeySig = self.signature
        version = ".".join(map(str, web_version()))
        pairing.buildHash = hashlib.md5(version.encode(), usedforsecurity=False).digest()
        pairing.deviceProps = _properties().SerializeToString()
        said: bytes = payload.SerializeToString()
        return said


def web_version(library: Path | None = None) -> tuple[int, int, int]:
    """WhatsApp Web's version as the installed library says it (store.waVersion of whatsmeow)."""
    return _web_version(library or library_path())


@lru_cache(maxsize=2)
def _web_version(library: Path) -> tuple[int, int, int]:
    image = library.read_bytes()
    at = find_once(image, struct.pack("<II", 2, 3000), "the version of WhatsApp Web", library.name)
    first, second, third = struct.unpack_from("<III", image, at)
    return first, second, third


def _payload_of_anybody() -> wa6.ClientPayload:
    payload = wa6.ClientPayload(passive=False, pull=False)
    agent, known = payload.userAgent, wa6.ClientPayload.UserAgent
    agent.platform, agent.releaseChannel = known.WEB, known.RELEASE
    version = agent.appVersion
    version.primary, version.secondary, version.tertiary = web_version()
    agent.mcc = agent.mnc = "000"
    agent.osVersion = agent.osBuildNumber = "0.1"
    agent.manufacturer, agent.device = "", "Desktop"
    agent.localeLanguageIso6391, agent.localeCountryIso31661Alpha2 = "en", "US"
    payload.webInfo.webSubPlatform = wa6.ClientPayload.WebInfo.WEB_BROWSER
    payload.connectType = wa6.ClientPayload.WIFI_UNKNOWN
    payload.connectReason = wa6.ClientPayload.USER_ACTIVATED
    return payload


def _properties() -> companion_reg.DeviceProps:
    props = companion_reg.DeviceProps(os=NAME, platformType=PLATFORM, requireFullSync=False)
    props.version.primary, props.version.secondary, props.version.tertiary = 0, 1, 0
    history = props.historySyncConfig
    history.storageQuotaMb = 10240
    for name in _WISHES:
        setattr(history, name, True)
    history.MergeFromString(_NEWER_WISHES)
    return props
