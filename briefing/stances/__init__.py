"""Whether a thing is denied, opposite, planned, agreed or done, in the claim and in its evidence."""
