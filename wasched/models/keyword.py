"""Tables about keywords: what words do that people write back, and which were written."""

from datetime import datetime

from sqlmodel import CheckConstraint, Field, Index, SQLModel, UniqueConstraint

from wasched.domain.keyword import ListMove, WordAnswer
from wasched.models.base import UtcDateTime, one_of


class Keyword(SQLModel, table=True):
    """Words, as a manager typed them, and what each of them does; empty for what it does not."""

    __tablename__ = "keyword"
    __table_args__ = (
        one_of("move", ListMove, "ck_keyword_move"),
        CheckConstraint("(list_id IS NULL) = (move = '')", name="ck_keyword_list"),
    )

    id: int | None = Field(default=None, primary_key=True)
    space_id: int = Field(foreign_key="space.id", ondelete="CASCADE", index=True)
    words: str
    field: str = ""
    value: str = ""
    list_id: int | None = Field(default=None, foreign_key="recipient_list.id", index=True)
    move: str = ListMove.NONE
    answer: str = ""
    created_at: datetime = Field(sa_type=UtcDateTime)
    changed_at: datetime = Field(sa_type=UtcDateTime)
    changed_by_id: int | None = Field(default=None, foreign_key="user.id")
    version: int = 1


class KeywordForm(SQLModel, table=True):
    """What a word of a keyword is compared by: in a space it is of one keyword alone."""

    __tablename__ = "keyword_form"

    space_id: int = Field(foreign_key="space.id", ondelete="CASCADE", primary_key=True)
    form: str = Field(max_length=120, primary_key=True)
    keyword_id: int = Field(foreign_key="keyword.id", ondelete="CASCADE", index=True)


class KeywordUse(SQLModel, table=True):
    """That somebody wrote a word, and what it did: never twice for one text of theirs.

    It holds no word of what was written. `answer_id` is the schedule of its answer.
    """

    __tablename__ = "keyword_use"
    __table_args__ = (
        UniqueConstraint("account_id", "whatsapp_id", name="uq_keyword_use_once"),
        one_of("move", ListMove, "ck_keyword_use_move"),
        one_of("answer", WordAnswer, "ck_keyword_use_answer"),
        Index("ix_keyword_use_person", "person_id", "at"),
        Index("ix_keyword_use_space", "space_id", "at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    space_id: int = Field(foreign_key="space.id", ondelete="CASCADE")
    account_id: int = Field(foreign_key="account.id", ondelete="CASCADE")
    person_id: int = Field(foreign_key="recipient.id", ondelete="CASCADE")
    keyword_id: int  # it may be removed meanwhile
    whatsapp_id: str = Field(max_length=80)
    at: datetime = Field(sa_type=UtcDateTime)
    is_quick: bool = False
    field: str = ""
    value: str = ""
    list_name: str = ""
    move: str = ListMove.NONE
    answer: str = WordAnswer.NONE
    answer_id: int | None = None
