"""The papers of a handover. Loads reportlab: import them inside functions."""
