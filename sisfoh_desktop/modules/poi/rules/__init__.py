"""Facts and checks of the POI. Plain Python; import from its files."""
