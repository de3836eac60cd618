"""What a chat bubble is drawn from: the domain's spans and blocks, whose looks are classes."""

from wasched.domain.formatting import Block, Span, blocks, spans

__all__ = ["Block", "Span", "blocks", "spans"]
