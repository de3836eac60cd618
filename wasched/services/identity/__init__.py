"""Who signs in: users, their sign-ins, passwords and invitations."""
