"""One folder per office task; README.md says what each file name holds."""
