"""Who did what to whom: acts, the parties to them, and facts that may be in the wrong hands."""
