"""How well the checks and the score tell supported claims from unsupported ones: `python -m benchmarks.grounding`.

`data` reads the development sets, `fitting` fits and cross-validates, `evidence` measures the search for evidence,
`__main__` prints it all beside the floors.
"""
