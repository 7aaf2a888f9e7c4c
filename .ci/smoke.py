"""The installed wheel does the main job, away from the checkout: run by `.ci/run`."""

import json
import subprocess
import sys
from pathlib import Path

import briefing
from briefing import prompts

home = Path(briefing.__file__).parent
assert "site-packages" in home.parts, home
assert (home / "py.typed").is_file()
assert prompts.load("summarize").text and (home / "_prompts" / "ask.md").is_file()

program = Path(sys.executable).parent / "briefing"
version = subprocess.run([program, "--version"], check=True, capture_output=True, text=True).stdout
assert version.strip() == f"briefing {briefing.__version__}", version
files = ["examples/ferry-herald.md", "examples/ferry-courier.md"]
output = subprocess.run([program, "summarize", "--format", "json", *files], check=True, capture_output=True, text=True)
result = briefing.Briefing.model_validate(json.loads(output.stdout))
assert result.report.ok and any(claim.markers == (1, 2) for claim in result.points), output.stdout
for _, claim in result.claims():
    for item in claim.evidence:
        source = result.sources[item.source - 1]
        assert (source.title if item.sentence.startswith("t") else source.text)[item.start : item.end] == item.text

page = result.html()
assert page.startswith("<!DOCTYPE html>") and result.lede.text.rstrip(".") in page, page[:500]

question = "what did the leaders agree on defense?"
answer = briefing.ask(briefing.read("examples/summit.txt"), question)  # needs the table of word vectors
assert answer.status == "answered" and "GSOMIA" in answer.claims[0].text, answer
print(f"briefing {briefing.__version__} in {home}: {len(result.points)} points, {len(answer.claims)} answers")
