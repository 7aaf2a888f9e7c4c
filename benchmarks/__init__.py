"""Measurements with floors: quality against public data, and speed. Each module runs with `python -m`."""
