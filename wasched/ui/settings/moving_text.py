"""What moves with an account, in words."""

from wasched.domain.wording import count_words, join_words
from wasched.services.moving.move_account import MovePlan


def plan_sentences(plan: MovePlan) -> list[str]:
    """What goes along, what becomes one there, and what stays here as well."""
    counts = (
        (plan.schedules, "schedule", "schedules"),
        (plan.messages, "message", "messages"),
        (plan.people, "recipient", "recipients"),
        (plan.lists, "list", "lists"),
    )
    goes = [count_words(*one) for one in counts if one[0]]
    said = [
        f"With it go {join_words([*goes, 'the templates and files'])}. "
        "What is scheduled goes out when it would have.",
    ]
    if plan.both:
        said.append(
            f"{count_words(plan.both, 'of them is', 'of them are')} in {plan.space} already, and "
            "one entry afterwards. Who opted out in either gets nothing more."
        )
    if plan.stay:
        others = count_words(plan.stay, "of them is", "of them are")
        said.append(f"{others} used here by other phones as well: a copy stays.")
    said.append(f"Who belongs to {plan.space} sees all of it then. Drafts stay here.")
    return said
