"""Names as they are written: people, bodies, abbreviations, titles, and what else may stand for them."""
