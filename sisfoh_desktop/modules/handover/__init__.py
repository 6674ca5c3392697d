"""Handing over a cargo: what is pending, who gives and who receives it, the acta that both sign."""
