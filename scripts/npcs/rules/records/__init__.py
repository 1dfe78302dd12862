"""Rules that hold for records of every kind: read, found, trusted and linked."""
