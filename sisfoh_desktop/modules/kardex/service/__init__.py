"""What the office can do with its numbered forms. The module's only door, by subject:

`catalogue` (campaigns, types, holders), `moving` (movements, reversal, adjustments), `reading` (balances, custody,
trace, register, card), `counting` (counts, cuadre, explanations), `actas` (papers), `importing` (spreadsheets).
"""
