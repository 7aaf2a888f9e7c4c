"""How sure, how wide and on whose word: bounds, hedges, conditions, attributions."""
