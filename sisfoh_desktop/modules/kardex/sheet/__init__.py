"""Facts of the kardex from and to spreadsheets."""
