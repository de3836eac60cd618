"""Tables about passkeys (W3C Web Authentication)."""

from datetime import datetime

from sqlmodel import Field, SQLModel, UniqueConstraint

from wasched.models.base import UtcDateTime


class Passkey(SQLModel, table=True):
    """A key that a person's device or password manager holds; ours is the public half."""

    __tablename__ = "passkey"
    __table_args__ = (UniqueConstraint("credential_id", name="uq_passkey_credential_id"),)

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user.id", ondelete="CASCADE", index=True)
    name: str = Field(max_length=100)
    host: str = Field(max_length=253)  # where it was made: browsers give it to no other
    credential_id: str = Field(max_length=1400)  # base64url; at most 1023 bytes (WebAuthn, 4)
    public_key: bytes
    sign_count: int
    created_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class PasskeyChallenge(SQLModel, table=True):
    """What one browser was asked to have signed, for one purpose; goes with its first answer."""

    __tablename__ = "passkey_challenge"

    challenge_hash: str = Field(primary_key=True, max_length=64)
    # Of the purpose and of the cookie of the browser that asked.
    asker_hash: str = Field(max_length=64)
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)
