"""The top floor: start, main window, command line, and the wiring that hands every part what it needs."""
