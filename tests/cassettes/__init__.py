"""Cassettes: what goes into one, and who answers while one is recorded; the tapes lie in the top-level `cassettes/`.

tape.py       what a cassette keeps of requests and replies, and how it is written
fixtures.py   pytest's way to them: the fixtures `endpoint` and `babble`
"""
