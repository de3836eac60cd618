"""Templates: the list and the editor."""
