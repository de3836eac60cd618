"""What happens to processes that run for long."""
