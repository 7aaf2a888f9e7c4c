"""How English words and sentences are read: the lexicon, parts of speech, who does what, which words answer which."""
