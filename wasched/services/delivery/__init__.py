"""From a due message to WhatsApp's answer: claim, attempt, hand over, record, settle."""
