"""What people are told when it happens: what is seen, what is told to whom, and how it went."""
