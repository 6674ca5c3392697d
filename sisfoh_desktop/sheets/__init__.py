"""Spreadsheet kit: workbooks that open the same in every office program. It knows no office rule and no window."""
