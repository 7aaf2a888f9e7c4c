"""The command line in processes of its own that start fast: one process imports the library, and each run is its fork.

A run has its own arguments, environment, standard streams and exit code, as a fresh process has; what Python settles
only when it starts (its locale, its own variables) is the parent's.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import IO, Any

#: Imported before the forks: what commands need.
_READY = ("api", "batching", "output", "rows", "files", "cli", "engines.openai.chat", "engines.extractive", "report")


def run(
    arguments: list[str], stdin: bytes, environment: Mapping[str, str | None], terminal: str = ""
) -> tuple[int, bytes, bytes]:
    """Return the exit code of a command, and what it wrote to standard output and standard error.

    A variable of `environment` that is None is not set. With the name of a `terminal` that is standard output, which
    whoever made it reads.
    """
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder, name) for name in ("in", "out", "err")]
        files[1].touch()
        files[0].write_bytes(stdin)
        asked = {
            "arguments": arguments,
            "environment": {"BRIEFING_CACHE": os.environ["BRIEFING_CACHE"], **environment},
            "files": [str(files[0]), terminal or str(files[1]), str(files[2])],
            "folder": str(Path.cwd()),
        }
        server = _server()
        ask, told = _pipes(server)
        ask.write(json.dumps(asked).encode() + b"\n")
        ask.flush()
        code = json.loads(told.readline())
        return code, files[1].read_bytes(), files[2].read_bytes()


@cache
def _server() -> subprocess.Popen[bytes]:
    """Start the process that is forked, once for a worker; it ends with its standard input."""
    return subprocess.Popen([sys.executable, "-m", "tests.command"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def _pipes(server: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    assert server.stdin and server.stdout
    return server.stdin, server.stdout


def _serve() -> None:
    import importlib

    for name in _READY:
        importlib.import_module(f"briefing.{name}")
    told = os.fdopen(os.dup(1), "wb", buffering=0)
    for line in sys.stdin.buffer:
        child = os.fork()
        if not child:
            _become(json.loads(line))
        _, status = os.waitpid(child, 0)
        told.write(json.dumps(os.waitstatus_to_exitcode(status)).encode() + b"\n")


def _become(asked: dict[str, Any]) -> None:
    """Run the command line in this process, which is a fork, and end."""
    from briefing.cli import main

    for number, (name, flags) in enumerate(
        zip(asked["files"], (os.O_RDONLY, *[os.O_WRONLY | os.O_CREAT] * 2), strict=True)
    ):
        opened = os.open(name, flags, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout, sys.stderr = (open(n, "w", encoding="utf-8", closefd=False) for n in (1, 2))  # noqa: SIM115
    os.chdir(asked["folder"])
    for name, value in asked["environment"].items():
        os.environ.pop(name, None)
        if value is not None:
            os.environ[name] = value
    sys.argv = ["briefing", *asked["arguments"]]
    code = 0
    try:
        main()
    except SystemExit as end:
        code = int(end.code or 0)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    _serve()
