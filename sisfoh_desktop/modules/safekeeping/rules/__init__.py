"""Facts and checks of `safekeeping`; each subject in its own file."""
