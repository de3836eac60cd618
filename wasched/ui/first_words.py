"""What pages say before their scripts run."""

UNFINISHED = "<!--first:unfinished-->"
