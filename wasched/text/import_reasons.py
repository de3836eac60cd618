"""What is said of files of people, in English: why one cannot be read, and what to do."""

from wasched.domain.reasons import Code

SENTENCES: dict[Code, str] = {
    # Why a file of people cannot be read
    Code.FILE_TAKES_TOO_LONG: "This file takes too long to read. Split it, and import the parts in "
    "turn.",
    Code.FILE_TAKES_TOO_MUCH: "This file needs too much memory to be read. Split it, or leave "
    "columns out, and import the parts in turn.",
    Code.FILE_FAILS: "This file cannot be read; the worker's log says why. Save it anew as CSV.",
    Code.FILE_ENDS_READERS: "The worker ended each time it was reading this file, so it is not "
    "tried again. Split it, and import the parts in turn.",
    Code.UPLOAD_GONE: "The file is gone. Choose it again.",
}
