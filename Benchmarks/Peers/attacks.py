"""Times the three attacks beside Anonymeter and SDMetrics: attacks.py ASSAY FOLDER [ROWS [SECRETS]].

Makes three tables of ROWS × 30 (10,000 by default), runs `assay evaluate` limited to singling-out,
linkability and inference in a process of its own, and the same attacks by Anonymeter in another: equally
many targets, predicates and splits; inference for SECRETS of the secrets (3 by default), scaled up to
all. SDMetrics has no such attacks: its disclosure protection of one secret is timed for comparison. Prints
processor seconds, start and reading included for Assay, excluded for the peers.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time
import warnings

import tables

HERE = pathlib.Path(__file__).resolve().parent
TARGETS = 1_000


def cpu(command):
    """Processor seconds of a process, and what it printed last."""
    with tempfile.TemporaryFile("w+") as out:
        child = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        text = out.read()
    if child.returncode:
        raise SystemExit(f"{command[0]} ended with {child.returncode}: {text[-2000:]}")
    lines = [line for line in text.splitlines() if line.startswith("{")]
    return usage.ru_utime + usage.ru_stime, json.loads(lines[-1]) if lines else {}


def anonymeter(paths, secrets):
    """The three attacks by Anonymeter; processor seconds of each."""
    warnings.filterwarnings("ignore")
    import logging

    logging.disable(logging.CRITICAL)
    import numpy
    from anonymeter.evaluators import InferenceEvaluator, LinkabilityEvaluator, SinglingOutEvaluator

    real, synthetic, control = (tables.mixed(path) for path in paths)
    for table in (real, synthetic, control):
        for name in table.columns:
            if table[name].dtype == object or str(table[name].dtype) in ("string", "bool"):
                table[name] = table[name].astype(object).where(table[name].notna(), "none").astype(str)
    columns = list(real.columns)
    numpy.random.seed(1)
    found = {}
    start = time.process_time()
    for mode in ("univariate", "multivariate"):
        try:
            SinglingOutEvaluator(
                ori=real, syn=synthetic, control=control, n_attacks=TARGETS, n_cols=3,
                max_attempts=100_000).evaluate(mode=mode)
        except RuntimeError:
            pass  # says that too few predicates were found, after the work was done
    found["singling-out"] = time.process_time() - start
    start = time.process_time()
    half = len(columns) // 2
    for first in (columns[:half], columns[::2]):
        second = [name for name in columns if name not in first]
        LinkabilityEvaluator(
            ori=real, syn=synthetic, control=control, n_attacks=TARGETS,
            aux_cols=(first, second), n_neighbors=10).evaluate(n_jobs=1)
    found["linkability"] = time.process_time() - start
    start = time.process_time()
    for secret in columns[:: max(1, len(columns) // secrets)][:secrets]:
        InferenceEvaluator(
            ori=real, syn=synthetic, control=control, n_attacks=TARGETS, secret=secret,
            aux_cols=[name for name in columns if name != secret],
            regression=secret in tables.NUMBERS + tables.DATES).evaluate(n_jobs=1)
    found["inference"] = (time.process_time() - start) * len(columns) / secrets
    print(json.dumps(found))


def sdmetrics(paths):
    """Disclosure protection of one secret by three columns; processor seconds."""
    warnings.filterwarnings("ignore")
    from sdmetrics.single_table import DisclosureProtection

    real, synthetic = (tables.mixed(path) for path in paths[:2])
    start = time.process_time()
    DisclosureProtection.compute(
        real, synthetic, known_column_names=tables.LEVELS[:3],
        sensitive_column_names=[tables.LEVELS[3]])
    print(json.dumps({"disclosure protection, one secret": time.process_time() - start}))


def main():
    if sys.argv[1] == "--anonymeter":
        return anonymeter(sys.argv[3:6], int(sys.argv[2]))
    if sys.argv[1] == "--sdmetrics":
        return sdmetrics(sys.argv[2:5])
    binary, folder = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    rows = sys.argv[3] if len(sys.argv) > 3 else "10000"
    secrets = sys.argv[4] if len(sys.argv) > 4 else "3"
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for seed in ("1", "2", "3"):
        path = folder / f"table-{rows}-{seed}.csv"
        if not path.exists():
            subprocess.run([sys.executable, HERE.parent / "Data/make-table", rows, path, seed], check=True)
        paths.append(str(path))
    ours, _ = cpu([str(binary), "-r", paths[0], "-s", paths[1], "-H", paths[2], "-q",
                   "-m", "privacy.singling-out", "-m", "privacy.linkability", "-m", "privacy.inference",
                   "--json", str(folder / "assay.json")])
    print(f"assay, all three, start and reading included: {ours:.2f} s of processor")
    _, peer = cpu([sys.executable, "-B", __file__, "--anonymeter", secrets] + paths)
    total = sum(peer.values())
    parts = ", ".join(f"{name} {value:.1f}" for name, value in peer.items())
    print(f"anonymeter, all three: {total:.1f} s of processor ({parts}): {total / ours:.0f} times as much")
    _, other = cpu([sys.executable, "-B", __file__, "--sdmetrics"] + paths)
    for name, value in other.items():
        print(f"sdmetrics, {name}: {value:.1f} s of processor")


if __name__ == "__main__":
    main()
