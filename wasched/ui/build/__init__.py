"""What rewrites the pages that Reflex builds: fewer scripts, a stricter policy."""
