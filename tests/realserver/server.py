"""Run llama.cpp's server in a process of its own: what it does to itself, it cannot do to the tests.

As a program: `python -m tests.realserver.server MODEL CONTEXT PARALLEL KEY` prints its address and serves until its
standard input closes, so it never outlives the tests that started it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

ROOT = Path(__file__).parents[2]
MODEL = "babble"
MISSING = [name for name in ("xllamacpp", "gguf") if find_spec(name) is None]


class RealServer:
    """An OpenAI-compatible server while the `with` block lasts; each request may use `context` tokens.

    `parallel` requests are answered at a time, the others wait. `log()` is what llama.cpp said.
    """

    model = MODEL

    def __init__(
        self, file: Path, *, context: int = 4096, parallel: int = 4, api_key: str = "a-key-of-the-tests"
    ) -> None:
        self.api_key = api_key
        self.base_url = ""
        self._command = [
            sys.executable,
            "-m",
            "tests.realserver.server",
            str(file),
            str(context),
            str(parallel),
            api_key,
        ]

    def __enter__(self) -> Self:
        self._folder = TemporaryDirectory(prefix="real-server-")
        self._log = Path(self._folder.name) / "log"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                self._command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True
            )
        assert self._process.stdout is not None
        address = self._process.stdout.readline().strip()
        if not address:
            said = self.log()
            self._stop()
            raise RuntimeError(f"the real server did not start:\n{said}")
        self.base_url = f"{address}/v1"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def log(self) -> str:
        """What llama.cpp wrote to its standard error so far."""
        return self._log.read_text("utf-8", "replace")

    def _stop(self) -> None:
        self._process.kill()  # it owns nothing that is worth a slow goodbye
        self._process.communicate()
        self._folder.cleanup()


def main(file: str, context: str, parallel: str, api_key: str) -> None:
    """Serve the model until standard input closes."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = file
    params.model_alias = {MODEL}
    params.n_parallel = int(parallel)
    params.n_ctx = int(context) * int(parallel)
    params.api_keys = [api_key]
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1  # the model is too small to be shared out
    params.n_threads_http = 2 * int(parallel) + 16
    params.cache_ram_mib = 0
    params.ui = params.endpoint_slots = False
    params.fit_params = params.warmup = False
    params.sampling.seed = 4  # the same request gets the same reply
    params.sampling.temp, params.sampling.top_k, params.sampling.top_p, params.sampling.min_p = 1.0, 0, 1.0, 0.0
    params.verbosity = 1
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)  # noqa: T201 - read by the parent
    sys.stdin.read()
    os._exit(0)  # the server's own end waits for threads that never end (seen with xllamacpp 2026.10)


if __name__ == "__main__":
    main(*sys.argv[1:])
