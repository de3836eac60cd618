"""What people write back: which message it answers, who may read it, and for how long."""
