"""What is printed of the POI: the quarter's report, the executive sheet of a unit, charts in greys.

Every file loads reportlab: import it inside functions.
"""
