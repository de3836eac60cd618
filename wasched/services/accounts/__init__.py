"""A WhatsApp number that is linked: its state, its pace, its codes."""
