"""Taking the words of a template for the message that is written."""

import reflex as rx
from reflex_components_sonner.toast import ToastAction

from wasched.domain.errors import NotFoundError
from wasched.services.content import templates
from wasched.ui.compose import mapping
from wasched.ui.compose.content_fields import Written
from wasched.ui.compose.content_state import ContentState
from wasched.ui.compose.state import ComposeState
from wasched.ui.core import toasts
from wasched.ui.core.page_calls import focus_on
from wasched.ui.core.session import ask_database, signed_in
from wasched.ui.live.subscriptions import Handler


class TemplateUseState(rx.State):
    """The template that was taken, and what it replaced."""

    _before: Written | None = None

    @rx.event
    async def use(self, template_id: str) -> list[Handler]:
        """Take the words of a template; what was there comes back with Undo."""
        user, content = await signed_in(self), await self.get_state(ContentState)
        if not template_id:
            return []
        number = mapping.number_of_field(template_id)
        try:
            row = await ask_database(lambda s, now: templates.fetch_template(s, user, number))
        except NotFoundError:
            return [toasts.toast_told("That template is gone.")]
        before = self._before = content.written
        content._take_words(row.text, row.id)
        if not before.wordings[0].strip():
            return [focus_on("text"), ComposeState.keep]
        back = ToastAction(label="Undo", on_click=TemplateUseState.take_back)
        return [toasts.toast_told(f"The words of {row.name} are there.", back), ComposeState.keep]

    @rx.event
    async def take_back(self) -> Handler:
        """Put back what a template replaced."""
        await signed_in(self)
        if self._before is None:
            return toasts.toast_told(toasts.NOTHING_LEFT)
        (await self.get_state(ContentState)).written = self._before
        return ComposeState.keep
