"""Before signing in: set-up, sign-in, sign-up, a new password."""
