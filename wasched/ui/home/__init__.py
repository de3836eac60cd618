"""Home: is it working, what goes out next, what needs me."""
