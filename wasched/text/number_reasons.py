"""What is said of what was typed as a number and is none, in English, and how to write it."""

from wasched.domain.reasons import Code

_EXAMPLE = "as in +49 151 0000 0012"
_WITH_COUNTRY = f"Write it with its country, {_EXAMPLE}."

SENTENCES: dict[Code, str] = {
    Code.NUMBER_TOO_SHORT: f'"{{shown}}" is too short. {_WITH_COUNTRY}',
    Code.NUMBER_TOO_LONG: '"{shown}" is too long for a number. Check it.',
    Code.NUMBER_CUT_SHORT: '"{shown}" is too short for a mobile number. Check it.',
    Code.NUMBER_SHORTENED: '"{shown}" was shortened by a spreadsheet, as Excel does, and digits of '
    "it are gone. Write the whole number.",
    Code.NUMBER_OF_NOBODY: f'"{{shown}}" is no phone number. Write it {_EXAMPLE}.',
    Code.NUMBER_UNREADABLE: f'"{{shown}}" is no phone number. {_WITH_COUNTRY}',
    Code.NUMBER_OUT_OF_PLAN: '"{shown}" is no number of {country}. If it is right, write it as '
    "{number}.",
    Code.NUMBER_WITHOUT_COUNTRY: f'"{{shown}}" has no country. {_WITH_COUNTRY}',
    Code.NUMBER_WITHOUT_PLUS: '"{shown}" has no plus. If its country is in it, write +{digits}.',
    Code.NUMBER_OF_TWO: '"{shown}" may be {first} or {second}. Write it with its plus.',
    Code.NUMBERS_IN_ONE: '"{shown}" is more than one number. Write them one by one.',
    Code.NUMBER_WITH_DECIMALS: f'"{{shown}}" has decimals. Write the number {_EXAMPLE}.',
    Code.NUMBER_WITH_EXTENSION: '"{shown}" has an extension, which WhatsApp cannot ring. Leave it '
    "out.",
    Code.NUMBER_WITH_MARK: f'"{{shown}}" has "{{mark}}" in it. Write the number {_EXAMPLE}.',
    Code.NUMBER_WITH_MORE: f'"{{shown}}" is no phone number alone. Write it {_EXAMPLE}.',
    Code.NUMBER_MAYBE_NONE: '"{shown}" may be no phone number. Write the number alone.',
    Code.NUMBER_NOT_IN_LINK: f'"{{shown}}" names no number. Write it {_EXAMPLE}.',
    Code.NUMBER_IS_DATE: f'"{{shown}}" is a date. Write a phone number, {_EXAMPLE}.',
}
