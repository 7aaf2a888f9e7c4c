"""Numbers, dates and names read as values, so that `1.2 billion` equals `1,200 million` and `2 September` `Sept. 2`.

What is here is a quick reading for ranking and choosing. `quantities` and `moments` read closely, for the checks.
"""

from .rough import TITLES, Figure, dates, figures, names, without_values

__all__ = ["TITLES", "Figure", "dates", "figures", "names", "without_values"]
