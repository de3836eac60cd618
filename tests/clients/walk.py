"""What a developer does with the generated client, from the state of the link to the story.

Run with the clients' Python and the folder of the generated package.
"""

import os
import sys
from datetime import UTC, datetime, timedelta
from io import BytesIO

sys.path.insert(0, sys.argv[1])

from wasched_client import AuthenticatedClient
from wasched_client.api.accounts import list_accounts, read_account
from wasched_client.api.lists import list_members, make_list
from wasched_client.api.media import append_to_upload, begin_upload, finish_upload
from wasched_client.api.messages import cancel_message, list_messages, read_message, send_message
from wasched_client.api.people import add_person
from wasched_client.api.schedules import (
    cancel_schedule,
    change_schedule,
    make_schedule,
    preview_schedule,
    read_schedule,
)
from wasched_client.models import (
    ChangeScheduleScope,
    FinishIn,
    LinkState,
    ListIn,
    MessageIn,
    PersonIn,
    Problem,
    ScheduleIn,
    SchedulePatch,
    ScheduleStatus,
    Status,
    UploadIn,
)
from wasched_client.types import File

client = AuthenticatedClient(os.environ["WASCHED_URL"], os.environ["WASCHED_KEY"])

# The link stands.
[account] = list_accounts.sync(client=client).items
assert read_account.sync(account.id, client=client).state is LinkState.CONNECTED

# A person, and a list with them.
anna = add_person.sync(client=client, body=PersonIn(phone="+491701234568", name="Anna Weber"))
altos = make_list.sync(client=client, body=ListIn(name="Altos", members=[anna.id]))
assert [one.id for one in list_members.sync(altos.id, client=client).items] == [anna.id]

# Looked at, scheduled once however often it is asked, changed, and taken back.
practice = ScheduleIn(
    to=[altos.id],
    text="Practice is at 19:00, {first name}.",
    account=account.id,
    when="every weekday at 9",
    zone="Europe/Berlin",
)
told = preview_schedule.sync(client=client, body=practice)
assert (told.recipients, told.refusals) == (1, []) and len(told.next_times) == 5
asked = {"client": client, "body": practice, "idempotency_key": "practice"}
made, again = make_schedule.sync(**asked), make_schedule.sync(**asked)
assert made.id == again.id and made.sentence == told.sentence
assert [one.to for one in made.messages] == [anna.phone]
change = SchedulePatch(text="At eight, {first name}.", late_minutes=60)
seen = read_schedule.sync_detailed(made.id, client=client).headers["etag"]
asked = {"client": client, "body": change, "scope": ChangeScheduleScope.ALL}
changed = change_schedule.sync(made.id, if_match=seen, **asked)
assert (changed.late_minutes, changed.text) == (60, "At eight, Anna.")
slower = change_schedule.sync(made.id, if_match=seen, **asked)
assert isinstance(slower, Problem) and slower.status == 412
ended = cancel_schedule.sync(made.id, client=client)
assert ended.status is ScheduleStatus.CANCELLED and ended.waiting == 0
assert read_schedule.sync(made.id, client=client).next_ is None

# A file, in two pieces, and one message with it and its story.
menu = b"Soup, then fish. " * 200
begun = begin_upload.sync(client=client, body=UploadIn(name="menu.txt", size=len(menu)))
for offset in (0, 1000):
    piece = File(BytesIO(menu[offset : 1000 if offset == 0 else len(menu)]))
    append_to_upload.sync(begun.id, client=client, body=piece, upload_offset=offset)
media = finish_upload.sync(begun.id, client=client, body=FinishIn()).id
at = datetime.now(UTC) + timedelta(days=2)
body = MessageIn(to=[anna.phone], text="Dinner", media=media, at=at)
sent = send_message.sync(client=client, body=body)
[message] = sent.messages
assert abs(message.due - at) < timedelta(seconds=1)
found = list_messages.sync(client=client, schedule=sent.id, status=Status.SCHEDULED).items
assert [one.id for one in found] == [message.id]
story = cancel_message.sync(message.id, client=client)
assert (story.status, story.late_until > story.due) == (Status.CANCELLED, True)
assert read_message.sync(message.id, client=client).history[0].kind == "scheduled"

# A refusal says where.
refused = send_message.sync(client=client, body=MessageIn(to=["nobody"], text="Dinner"))
assert isinstance(refused, Problem) and refused.status == 422
assert refused.errors[0].pointer == "#/to/0"
