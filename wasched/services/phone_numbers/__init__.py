"""Phone numbers: typed and written ones read, and how they are shown."""
