"""Tables about the second step of signing in."""

from datetime import datetime

from sqlmodel import Field, SQLModel, UniqueConstraint

from wasched.models.base import UtcDateTime


class SecondStep(SQLModel, table=True):
    """That signing in takes a code as well: what the person's app makes its codes of."""

    __tablename__ = "second_step"

    user_id: int = Field(primary_key=True, foreign_key="user.id", ondelete="CASCADE")
    secret: str = Field(max_length=64)  # base32, as apps take it; codes cannot be checked by a hash
    last_step: int = 0  # the newest step of time (RFC 6238, 4.2) whose code was taken
    since: datetime = Field(sa_type=UtcDateTime)


class RecoveryCode(SQLModel, table=True):
    """A code for who has lost their app, good once; holds its hash, and goes when it is used."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("user_id", "code_hash", name="uq_recovery_code"),)

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user.id", ondelete="CASCADE")
    code_hash: str = Field(max_length=64)


class HalfSignIn(SQLModel, table=True):
    """A browser that gave the password and still owes the code: it may give that, nothing else."""

    __tablename__ = "half_sign_in"

    token_hash: str = Field(primary_key=True, max_length=64)
    user_id: int = Field(foreign_key="user.id", ondelete="CASCADE")
    # Of the hash of the password that was given: another password, or a removal, ends this.
    password_print: str = Field(max_length=64)
    expires_at: datetime = Field(sa_type=UtcDateTime)
