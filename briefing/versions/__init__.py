"""Where two sources give different figures, dates or names for one event."""
