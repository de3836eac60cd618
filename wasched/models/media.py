"""Tables about files that messages carry."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import CheckConstraint, Field, SQLModel

from wasched.domain.reasons import NO_REASON, Reason
from wasched.models.base import ReasonColumn, UtcDateTime, one_of


class MediaState(StrEnum):
    """Whether a file can be sent."""

    READY = "ready"
    PREPARING = "preparing"  # it is being converted to what phones play
    REFUSED = "refused"  # it could not be converted; `reason` says why


class MediaFile(SQLModel, table=True):
    """A file somebody uploaded, or what it was converted to (`made_from`, to be sent as `kind`).

    The bytes lie in the media store under their SHA-256, once however many rows name them.
    """

    __tablename__ = "media_file"
    __table_args__ = (
        one_of("state", MediaState, "ck_media_file_state"),
        CheckConstraint("state <> 'ready' OR digest <> ''", name="ck_media_file_digest"),
    )

    id: int | None = Field(default=None, primary_key=True)
    space_id: int = Field(foreign_key="space.id", index=True)
    digest: str = Field(default="", max_length=64, index=True)
    name: str = Field(default="", max_length=255)
    mimetype: str = Field(default="", max_length=120)
    size: int = 0
    width: int = 0
    height: int = 0
    seconds: int = 0
    video_codec: str = Field(default="", max_length=40)
    audio_codec: str = Field(default="", max_length=40)
    pages: int = 0
    waveform: str = Field(default="", max_length=128)
    is_damaged: bool = False
    tells_origin: bool = False
    state: str = MediaState.READY
    reason: Reason = Field(default=NO_REASON, sa_type=ReasonColumn)
    made_from: int | None = Field(
        default=None, foreign_key="media_file.id", ondelete="CASCADE", index=True
    )
    kind: str = Field(default="", max_length=20)
    created_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime = Field(sa_type=UtcDateTime)


class Upload(SQLModel, table=True):
    """A file on its way in; how much of it is here, the file itself says."""

    __tablename__ = "upload"
    __table_args__ = (CheckConstraint("size > 0", name="ck_upload_size"),)

    token: str = Field(primary_key=True, max_length=32)
    user_id: int = Field(foreign_key="user.id", index=True)
    space_id: int = Field(foreign_key="space.id", index=True)
    name: str = Field(default="", max_length=255)
    size: int
    touched_at: datetime = Field(sa_type=UtcDateTime)
