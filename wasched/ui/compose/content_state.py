"""What a message says: text and its wordings, files, a poll, a place or a card."""

from dataclasses import fields, replace

import reflex as rx
from reflex.event import EventSpec

from wasched.domain.content import Content, Media
from wasched.domain.content_rules import OPTIONS_MAX, TEXT_MAX, VARIANTS_MAX
from wasched.domain.errors import InputError
from wasched.services.recipients import mentions
from wasched.services.recipients.mentions import MentionName
from wasched.text.refusals import error_sentence
from wasched.ui.compose import attachments, content_fields, mapping
from wasched.ui.compose.content_fields import POLL, TEXT, Written
from wasched.ui.compose.link_preview_state import LinkLookState
from wasched.ui.compose.recipients_state import RecipientsState
from wasched.ui.core.page_calls import focus_on
from wasched.ui.core.rows import Choice
from wasched.ui.core.session import ask_database, do_in_database, signed_in
from wasched.ui.live.accepted_events import SEARCH_MAX, SENTENCE_MAX
from wasched.ui.live.subscriptions import Handler

_TYPED = {one.name for one in fields(Written) if one.type is str} - {"what"}


class ContentState(rx.State):
    """The message block of the compose page."""

    written: Written = Written()
    refused: str = ""  # why a file was not taken
    about_other: str = ""  # what a message is that cannot be shown
    variables: list[str] = []
    templates: list[Choice] = []
    people: list[MentionName] = []
    _ready: attachments.Ready = {}
    _other: tuple[Content, ...] = ()
    _country: str = ""
    _template_id: int = 0  # of the template whose words were taken

    @rx.event
    def say(self, index: int, words: str) -> Handler:
        """Take the words of one of the wordings; of too many as many as show that."""
        words = words[: TEXT_MAX + 1]
        if 0 <= index < len(self.written.wordings):
            self.written = content_fields.say_content(self.written, index, words)
        return LinkLookState.look(words if index == 0 else self.written.wordings[0])

    @rx.event
    def add_wording(self) -> None:
        """Another wording, which is as good as the first."""
        if len(self.written.wordings) < VARIANTS_MAX:
            self.written = replace(self.written, wordings=(*self.written.wordings, ""))

    @rx.event
    def drop_wording(self, index: int) -> EventSpec:
        """One wording less; the focus goes to the one before, not to the button of the next."""
        kept = [one for at, one in enumerate(self.written.wordings) if at != index]
        self.written = replace(self.written, wordings=tuple(kept) or ("",))
        return focus_on("text" if index <= 1 else f"text-{index}")

    @rx.event
    def become(self, what: str) -> None:
        """Be a text, a poll, a place or a card; what was typed for another stays with it."""
        if what in (TEXT, POLL, content_fields.PLACE, content_fields.CARD):
            self.written = replace(self.written, what=what)

    @rx.event
    def fill(self, name: str, typed: str) -> None:
        """Take a field."""
        if name == "choices" and not (typed.isascii() and typed.isdigit() and len(typed) < 3):
            return
        if name in _TYPED:
            self.written = replace(self.written, **{name: typed[:2000]})

    @rx.event
    def option(self, index: int, typed: str) -> None:
        """Take an answer of the poll; an empty one follows the last."""
        options = list(self.written.options)
        options[index : index + 1] = [typed[:1000]]
        if options[-1].strip() and len(options) < OPTIONS_MAX:
            options.append("")
        self.written = replace(self.written, options=tuple(options[:OPTIONS_MAX]))

    @rx.event
    def offer_answers(self) -> Handler:
        """Answer with what most polls ask for; one more may follow."""
        self.written = replace(self.written, options=(*content_fields.USUAL_ANSWERS, ""))
        return focus_on(f"answer-{len(content_fields.USUAL_ANSWERS) + 1}")

    @rx.event
    def drop_option(self, index: int) -> None:
        """One answer less."""
        kept = [one for at, one in enumerate(self.written.options) if at != index]
        self.written = replace(self.written, options=tuple([*kept, "", ""][: max(2, len(kept))]))

    @rx.event
    async def attach(self, media_id: str) -> None:
        """Let a file that was uploaded go along."""
        user, self.refused = await signed_in(self), ""
        number = mapping.number_of_field(media_id)
        try:
            file, ready, said = await do_in_database(
                lambda s, now: attachments.attach_new(s, user, number, now)
            )
        except InputError as refusal:
            self.refused = error_sentence(refusal)
            return
        self.refused = said
        kept = [one for one in self.written.files if one.id != file.id]
        self.written = replace(self.written, what=TEXT, files=(*kept, file))
        self._take(file.id, ready)

    @rx.event
    async def send_as(self, file_id: int, kind: str) -> None:
        """Send a file as something else, such as a voice note."""
        user, self.refused = await signed_in(self), ""
        if file_id < 0:
            return
        try:
            file, ready = await do_in_database(
                lambda s, now: attachments.attach_file(s, user, file_id, kind, now)
            )
        except InputError as refusal:
            self.refused = error_sentence(refusal)
            # Shown anew: the browser's own list stands on what cannot be.
            self.written = replace(self.written, files=tuple(map(replace, self.written.files)))
            return
        files = tuple(file if one.id == file_id else one for one in self.written.files)
        self.written = replace(self.written, files=files)
        self._take(file_id, ready)

    @rx.event
    def detach(self, file_id: int) -> None:
        """Let a file go no more along."""
        kept = tuple(one for one in self.written.files if one.id != file_id)
        self.written, self.refused = replace(self.written, files=kept), ""

    @rx.event
    def lift(self, file_id: int) -> None:
        """Let a file go before the one before it."""
        files = list(self.written.files)
        at = next((at for at, one in enumerate(files) if one.id == file_id), 0)
        if at:
            files[at - 1], files[at] = files[at], files[at - 1]
        self.written = replace(self.written, files=tuple(files))

    @rx.event
    def refuse(self, sentence: str) -> None:
        """Say why a file was not taken."""
        self.refused = sentence[:SENTENCE_MAX]

    @rx.event
    async def look_for(self, typed: str) -> None:
        """Offer people to mention, the members first where the message goes to one group."""
        user = await signed_in(self)
        chips = (await self.get_state(RecipientsState)).chips
        group = (
            mapping.number_of_field(chips[0].key) if [one.kind for one in chips] == ["group"] else 0
        )
        words = typed[:SEARCH_MAX]
        found = await ask_database(lambda s, now: mentions.suggest_mentions(s, user, words, group))
        self.people = content_fields.split_variants(found, self.written)

    @rx.event
    def mention(self, name: str, jid: str) -> None:
        """Take note of whom a name in the text means."""
        if name and jid:
            self.written = content_fields.mentioned_jids(self.written, name[:200], jid[:80])

    def _take_words(self, words: str, template_id: int) -> None:
        """Say what a template says."""
        self.written = content_fields.say_content(replace(self.written, what=TEXT), 0, words)
        self._template_id = template_id

    def _take(self, file_id: int, ready: Media | None) -> None:
        """Keep what the file is in a message, once it is ready."""
        rest = {key: one for key, one in self._ready.items() if key != file_id}
        self._ready = {**rest, file_id: ready} if ready is not None else rest
