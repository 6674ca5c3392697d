"""What the office can do to keep its base safe; each subject in its own file."""
