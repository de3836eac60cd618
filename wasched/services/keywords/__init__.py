"""Keywords: words that people write back, what managers have them do, and that being done."""
