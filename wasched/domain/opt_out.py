"""Words by which people ask for no more messages, in the languages they write in.

The English ones are those the FCC names (47 CFR 64.1200(a)(10)): stop, quit, end, revoke,
opt out, cancel, unsubscribe. The others are their everyday translations.
"""

from wasched.domain.plain_words import plain_words

_LONGEST = 60
"""Characters; a longer text is a letter, not a request standing alone."""

# Left out on purpose: words that are an everyday answer in another language, such as Swahili
# "acha" (Hindi "okay"), Finnish "seis" (Spanish "six"), Turkish "dur" (French "tough").

WORDS: dict[str, tuple[str, ...]] = {
    "en": ("stop", "stop all", "stopall", "unsubscribe", "opt out", "optout", "opt-out",
           "cancel", "end", "quit", "revoke"),
    "de": ("stopp", "abmelden", "abbestellen", "austragen"),
    "fr": ("arrêt", "arrêter", "arrêtez", "désabonner", "désinscrire", "désinscription"),
    "es": ("parar", "pare", "baja", "darse de baja", "cancelar suscripción"),
    "pt": ("parar", "pare", "sair", "cancelar inscrição", "descadastrar"),
    "it": ("ferma", "disiscrivimi", "annulla iscrizione", "cancellami"),
    "nl": ("stoppen", "afmelden", "uitschrijven"),
    "sv": ("stoppa", "avsluta", "avregistrera", "avprenumerera"),
    "da": ("stop", "afmeld", "frameld"),
    "no": ("stopp", "avmeld", "meld av"),
    "fi": ("lopeta", "peru tilaus"),
    "pl": ("stop", "wypisz", "wypisz mnie", "rezygnuję"),
    "cs": ("stop", "odhlásit", "zrušit odběr"),
    "sk": ("odhlásiť", "zrušiť odber"),
    "hu": ("leállít", "leiratkozás", "leiratkozom"),
    "ro": ("dezabonare", "dezabonează", "oprește", "opriți"),
    "hr": ("odjava", "prekini", "odjavi me"),
    "tr": ("durdur", "iptal", "abonelikten çık"),  # noqa: RUF001
    "el": ("στοπ", "σταματήστε", "διαγραφή"),
    "ru": ("стоп", "отписаться", "отпиши", "отпишите", "отписка"),
    "uk": ("стоп", "відписатися", "відписка"),
    "bg": ("стоп", "отпиши ме", "отписване"),
    "he": ("עצור", "הסר", "הסרה", "תפסיק", "להסיר"),
    "ar": ("توقف", "قف", "إيقاف", "ايقاف", "إلغاء الاشتراك", "الغاء الاشتراك"),
    "fa": ("توقف", "لغو", "لغو اشتراک"),
    "ur": ("رکو", "بند کرو", "بند کریں"),
    "hi": ("रुको", "रोको", "बंद करो", "बंद करें"),
    "bn": ("থামুন", "বন্ধ করুন", "বন্ধ"),
    "id": ("berhenti", "stop", "henti langganan"),
    "ms": ("berhenti", "henti"),
    "vi": ("dừng", "dừng lại", "hủy đăng ký", "huỷ đăng ký"),
    "th": ("หยุด", "ยกเลิก", "ยกเลิกการสมัคร"),
    "tl": ("tigil", "itigil"),
    "sw": ("simama", "jiondoe"),
    "zh": ("停止", "退订", "退訂", "取消订阅", "取消訂閱"),
    "ja": ("停止", "ストップ", "配信停止", "解除", "退会"),
    "ko": ("중지", "정지", "그만", "수신거부", "수신 거부", "구독취소"),
}  # fmt: skip
"""By language (ISO 639-1); each stands for itself only when nothing else is in the message."""


def asks_to_stop(text: str) -> bool:
    """Say whether a message asks for no more: one of the words, standing alone.

    Case, accents, punctuation, emoji, spacing and full-width letters make no difference, nor
    does saying it several times.
    """
    if len(text) > _LONGEST:
        return False
    said = plain_words(text)
    return any(said == word or _repeats(said, word) for word in _PLAIN)


def _repeats(said: str, word: str) -> bool:
    return said.startswith(f"{word} ") and not said.replace(word, "").strip()


_PLAIN = frozenset(plain_words(word) for words in WORDS.values() for word in words)
