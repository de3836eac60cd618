"""A file that goes along: taken in, converted, put away."""
