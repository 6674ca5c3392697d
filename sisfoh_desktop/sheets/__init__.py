"""Spreadsheet kit: safe reading of files from anywhere, and workbooks that open the same in every office program.

It knows no office rule and no window.
"""
