"""What is left when processes are killed while messages go out."""
