"""How much of a claim its evidence says, and what stretch of it nothing answers to."""
