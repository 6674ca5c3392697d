"""The window of the kardex."""
