"""What is printed of the kardex: actas, the card, control sheets, inventories, the closing, the constancia.

Every file loads reportlab: import it inside functions.
"""
