"""Which version of wasched this is."""

VERSION = "0.1.0"
