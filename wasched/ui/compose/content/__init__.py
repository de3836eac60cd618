"""What a message says: the fields of the compose page's message block, and its bubbles."""
