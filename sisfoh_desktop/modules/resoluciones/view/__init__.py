"""Resoluciones on screen: the list, the draft as blocks around locked chips, the round of signatures.

(Being written by another builder, together with tests/modules/resoluciones/test_view.py: leave these to them.)
"""
