"""Reads and writes of the POI; every function takes a session and gives back facts."""
