"""What keeps the base safe and answered for: copies and restores, the auditor's extract, personal data, incidents."""
