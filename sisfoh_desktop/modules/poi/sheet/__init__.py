"""The POI from and to spreadsheets."""
