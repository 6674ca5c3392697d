"""The office itself: municipality, units, officers, bodies, norms, year names, legends and days off, all dated."""
