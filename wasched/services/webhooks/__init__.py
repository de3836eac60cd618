"""What other programs are told: events, the webhooks that take them, and their delivery."""
