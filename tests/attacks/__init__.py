"""What somebody does who wants in, and what they get."""
