"""A real OpenAI-compatible server for the tests: llama.cpp's own, with a tiny model that the tests write themselves.

It is an adversarial writer for whom nobody wrote replies. The model knows which token follows which in articles of
our own and in the JSON that an engine returns, and nothing else: it answers in the words of the source, in the shape
that the schema asks for, with ids that look like sentence ids, and what it says is not so. What a scripted server
cannot prove shows here: real grammars, real token counts, real streams, and the errors as llama.cpp words them.

Read `bpe` (the tokenizer), `model` (the file), `server` (the process).
"""
