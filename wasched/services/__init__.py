"""What the product does: functions that take a database session and plain values."""
