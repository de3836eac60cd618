"""Why something is not saved that somebody changed meanwhile, in English."""

from wasched.domain.reasons import Code

SENTENCES: dict[Code, str] = {
    Code.CHANGED_BY: "{user} changed this meanwhile. Look again before you save.",
    Code.CHANGED_BY_YOU: "You changed this in another place. Look again before you save.",
    Code.CHANGED_MEANWHILE: "This was changed meanwhile. Look again before you save.",
    Code.GONE_BY: "{user} took this away meanwhile.",
    Code.GONE_BY_YOU: "You took this away in another place.",
    Code.GONE_MEANWHILE: "This was taken away meanwhile.",
}
