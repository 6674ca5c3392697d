"""How everything here is measured: ours and the peer in turn, in one run; a ratio is that of the two medians."""

import gc
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Measure = Callable[[], Mapping[str, float]]
Rounds = tuple[list[Mapping[str, float]], ...]  # of each measure, what it gave in each round


@dataclass(frozen=True)
class Line:
    """One line of the table; without a ratio, `verdict` says why."""

    what: str
    against: str
    budget: float
    verdict: str = "no está instalado"
    ratio: float | None = None
    medians: str = ""


def in_turn(count: int, *measures: Measure) -> Rounds:
    """Run the measures one after the other, `count` times; a first round only warms up."""
    rounds: Rounds = tuple([] for _ in measures)
    for number in range(count + 1):
        for results, measure in zip(rounds, measures, strict=True):
            gc.collect()
            result = measure()
            if number:
                results.append(result)
        print(".", end="", file=sys.stderr, flush=True)
    return rounds


def median(results: list[Mapping[str, float]], key: str) -> float:
    """The median of all rounds."""
    return statistics.median(result[key] for result in results)


def line(rounds: Rounds, what: str, against: str, budget: float, key: str = "ms", unit: str = "ms") -> Line:
    """The first measure against the second one."""
    ours, theirs = (median(results, key) for results in rounds)
    verdict = "ok" if round(ours / theirs, 2) <= budget else "excede"
    return Line(what, against, budget, verdict, ours / theirs, f"{ours:.4g} / {theirs:.4g} {unit}")


def timed(action: Callable[[], Any], times: int = 1) -> Measure:
    """How long `action` takes, in milliseconds, as the mean of `times` in a row."""

    def measure() -> Mapping[str, float]:
        start = time.perf_counter()
        for _ in range(times):
            action()
        return {"ms": (time.perf_counter() - start) * 1000 / times}

    return measure


def told_by(source: str, *arguments: str) -> Any:
    """What a fresh process that runs `source` prints as JSON in its last line; CalledProcessError if it fails."""
    command = [sys.executable, "-c", source, *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", check=True)
    return json.loads(done.stdout.splitlines()[-1])
