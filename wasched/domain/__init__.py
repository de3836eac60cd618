"""What is true about scheduled messages without any library or database."""
