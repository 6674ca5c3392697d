"""Knows where every numbered form is: catalogue, movements by range, custody, balance, cuadre and its actas."""
