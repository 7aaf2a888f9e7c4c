"""The notebooks run in a real kernel, from top to bottom, call nobody, and show what is kept in them.

`pytest tests/test_notebooks.py --overwrite` keeps what they show now (the option is nbmake's). What differs from run
to run, or from machine to machine, is not kept.
"""

import shutil
import socket
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode
from nbmake.nb_run import NotebookRun  # type: ignore[import-untyped]

FOLDER = Path(__file__).parent.parent / "examples"
NAMES = sorted(path.name for path in FOLDER.glob("*.ipynb"))
#: A cell with this tag shows a bar, whose times differ in each run.
BAR = "progress-bar"


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_calls_nobody_and_shows_what_is_kept_in_it(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "examples", ignore=shutil.ignore_patterns("out", ".*"))
    for variable in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR"):  # a user's own kernels and start files
        monkeypatch.setenv(variable, str(tmp_path / variable))
    monkeypatch.setenv("OPENAI_API_KEY", "sk-canary")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        for variable in ("OPENAI_BASE_URL", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(variable, f"http://127.0.0.1:{listener.getsockname()[1]}")
        shown = _run(folder / name)
        listener.setblocking(False)
        with pytest.raises(BlockingIOError):
            listener.accept()
    if pytestconfig.getoption("--overwrite"):
        nbformat.write(shown, FOLDER / name)  # type: ignore[no-untyped-call]
    kept = nbformat.read(FOLDER / name, as_version=4)  # type: ignore[no-untyped-call]
    assert shown == kept, "it shows something else now: keep that with --overwrite, and look at it"


def test_there_are_notebooks() -> None:
    assert len(NAMES) == 4


def _run(path: Path) -> Any:
    """Return a notebook with what its cells show, without times and the version of Python."""
    run = NotebookRun(path, default_timeout=60).execute()
    assert run.error is None, run.error.trace
    for cell in run.nb.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code":
            cell.outputs = _kept(cell.outputs, cell.metadata.get("tags", ()))
    run.nb.metadata.language_info = {"name": "python", "file_extension": ".py", "mimetype": "text/x-python"}
    return run.nb


def _kept(outputs: list[NotebookNode], tags: list[str]) -> list[NotebookNode]:
    """Return outputs without a bar, and what was printed as one: in how many pieces it comes hangs on the clock."""
    if BAR in tags:
        assert outputs, "there was no bar"
        return []
    kept: list[NotebookNode] = []
    for output in outputs:
        if kept and output.output_type == "stream" and output.name == kept[-1].get("name"):
            kept[-1].text += output.text
        else:
            kept.append(output)
    return kept
