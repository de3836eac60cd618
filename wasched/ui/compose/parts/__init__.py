"""The parts of the compose page: message, time, options, and what will happen."""
