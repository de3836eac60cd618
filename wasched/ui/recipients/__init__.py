"""Recipients: people, groups, lists, and imports."""
