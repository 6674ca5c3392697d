"""Papers of the kardex as PDF."""
