"""Moving an account, with all that belongs to it, to another space."""
