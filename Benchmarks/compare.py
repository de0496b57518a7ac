"""Runs Assay's cases and their peers in turns and rewrites the table in README.md.

Every measurement is a process of its own, ours and the peers' in alternation, so that both meet the
same weather on a shared machine. Only the standard library is needed here; numpy makes the tables,
and a peer that is not installed is named in the table.
"""
import argparse
import importlib.util
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import machine

# The generators of known faults that --baselines measures.
BASELINES = 7
HERE = pathlib.Path(__file__).resolve().parent
LABEL = {"sort": "sort", "ks": "KS distance and p-value of two samples", "w1": "Wasserstein-1 of two samples",
         "midranks": "mid-ranks, with ties", "spearman": "Spearman of one pair"}


COLUMNS_AND_PAIRS = [
    "total-variation", "kolmogorov-smirnov", "wasserstein-1", "wasserstein-2", "jensen-shannon",
    "hellinger", "kullback-leibler", "population-stability-index", "chi-square", "kuiper",
    "cramer-von-mises", "anderson-darling", "energy-distance", "moments", "quantiles", "tail-mass",
    "extreme-quantiles", "tail-index", "category-coverage", "rare-levels", "missing-patterns",
    "last-digit", "datetime-periodicity", "cramers-v", "contingency", "theils-u",
    "mutual-information", "spearman", "pearson", "correlation-ratio", "kendall"]


class Case:
    """A line of the table: what is timed, on how many rows, and the peers beside it."""

    def __init__(self, what, case, rows, peers=(), threads=2, repeats=1, rounds=3, points=None):
        # Rows of the second side and coordinates, where rows of numbers are compared.
        self.points = points
        self.what, self.case, self.rows, self.peers = what, case, rows, peers
        self.threads, self.repeats, self.rounds = threads, repeats, rounds


def cases(quick):
    """Every case; `quick` leaves out what takes more than seconds."""
    sizes = [10_000, 100_000] if quick else [10_000, 100_000, 1_000_000]
    top = sizes[-1]
    listed = []
    for threads in (1, 2):
        listed.append(Case(f"read CSV, {threads} thread{'s' * (threads > 1)}", "read", top,
                           ["pyarrow"] + ["pandas"] * (threads == 1), threads, rounds=5))
    listed.append(Case("read CSV with its SHA-256", "read-digest", top, ["pyarrow"]))
    for case, what in LABEL.items():
        peer = ["numpy" if case == "sort" else "scipy"]
        listed += [Case(what, case, n, peer, 1, 5) for n in sizes]
    for n in sizes[:1] if quick else sizes:
        rounds = 3 if n < 1_000_000 else 2
        listed.append(Case("tables, V, distance of all pairs", "pairs", n, ["pandas"], rounds=rounds))
        listed.append(Case("… with 200 replicates and splits", "pairs-replicates", n, rounds=rounds))
        listed.append(Case("Spearman of all pairs", "spearman-pairs", n, ["pandas"], rounds=rounds))
    for n in [10_000] if quick else [10_000, 24_000, 100_000]:
        listed.append(Case("nearest rows, all, exact", "neighbours", n, ["scipy"],
                           rounds=1 if n > 24_000 else 3))
    if not quick:
        listed.append(Case("nearest rows of a sample, exact", "neighbours-sample", top, ["scipy"],
                           rounds=2))
    n = 2_000 if quick else 10_000
    listed.append(Case("precision, recall, density, coverage × 64 (processor)", "points-prdc", n,
                       ["prdc"], 1, points=(n, 64)))
    for n, d in [(4_000, 64)] if quick else [(24_000, 100), (100_000, 64)]:
        listed.append(Case(f"5 nearest rows × {d} (processor)", "points-neighbours", n, ["faiss"],
                           1, points=(n // 2 if d == 100 else 4_000, d)))
    for n in [10_000] if quick else [10_000, 100_000]:
        listed.append(Case("trees of a two-sample test (processor)", "classifier", n,
                           ["lightgbm", "sklearn"], 1))
    for case in listed if quick else []:
        case.rounds = 1
    return listed


def measure(command, **more):
    """Runs a process; its last line as JSON if it has one, wall and processor seconds, peak MB."""
    start = time.perf_counter()
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        child = subprocess.Popen(command, stdout=out, stderr=err, **more)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        wall = time.perf_counter() - start
        out.seek(0)
        err.seek(0)
        lines, errors = out.read().splitlines(), err.read()
    if child.returncode:
        raise RuntimeError(f"{command[0]} ended with {child.returncode}: {errors[-2000:]}")
    found = {"wall": wall, "cpu": usage.ru_utime + usage.ru_stime}
    found["mb"] = usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10) * 1.048576
    if lines and lines[-1].startswith("{"):
        found.update(json.loads(lines[-1]))
    return found


def table(data, rows, seed):
    """The path of a table of `rows` rows, made when it is not there yet."""
    path = data / f"table-{rows}-{seed}.csv"
    if not path.exists():
        partial = path.with_suffix(".part")
        subprocess.run([sys.executable, HERE / "Data/make-table", str(rows), partial, str(seed)],
                       check=True)
        partial.rename(path)
    return path


def points(data, rows, dimensions, seed, copied=None):
    """The path of an array of normal rows; a tenth of them are rows of `copied`."""
    import numpy

    path = data / f"points-{rows}-{dimensions}-{seed}.npy"
    if not path.exists():
        random = numpy.random.default_rng(seed)
        # Away from the origin, as embeddings are: what cancels there is what is hard.
        values = (random.standard_normal((rows, dimensions)) + 2).astype("float32")
        if copied:
            base = numpy.load(copied)
            values[::10] = base[random.integers(0, len(base), len(values[::10]))]
        numpy.save(path, values)
    return path


def agreed(ours, theirs):
    """Whether two programs computed the same numbers, as far as both say any."""
    return all(abs(a - b) <= 1e-9 * max(1, abs(a)) for a, b in zip(ours, theirs))


def run_case(case, binary, data):
    """The lines of one case: ours beside each peer."""
    if case.points:
        count, dimensions = case.points
        real = points(data, case.rows, dimensions, 1)
        synthetic = points(data, count, dimensions, 2, real)
    else:
        real, synthetic = table(data, case.rows, 1), table(data, case.rows, 2)
    tail = [str(real), str(synthetic), str(case.repeats), str(case.threads)]
    present = [p for p in case.peers if importlib.util.find_spec(p)]
    ours, theirs = [], {peer: [] for peer in present}
    for turn in range(case.rounds):
        ours.append(measure([str(binary), case.case] + tail))
        for peer in present:
            # A peer that takes minutes is timed once.
            if turn == 0 or theirs[peer][0]["wall"] < 60:
                name = "read" if case.case == "read-digest" else case.case
                theirs[peer].append(
                    measure([sys.executable, "-B", HERE / "Peers/peers.py", name, peer] + tail))
    mine = statistics.median(o["seconds"] for o in ours)
    peak = max(o["mb"] for o in ours)
    lines = []
    for peer in case.peers or [None]:
        if peer is None:
            lines.append((case.what, case.rows, mine, "—", None, peak, ""))
        elif peer not in theirs:
            lines.append((case.what, case.rows, mine, f"{peer}: not installed", None, peak, ""))
        else:
            runs = theirs[peer]
            notes = [runs[0]["note"]] if "note" in runs[0] else []
            if "note" in ours[0]:
                notes.append(f"ours: {ours[0]['note']}")
            if not agreed(ours[0].get("check", []), runs[0].get("check", [])):
                notes.append(f"RESULTS DIFFER: {ours[0]['check']} and {runs[0]['check']}")
            lines.append((case.what, case.rows, mine, f"{peer} {runs[0]['version']}",
                          statistics.median(r["seconds"] for r in runs), peak, "; ".join(notes)))
    return lines


def seconds(value):
    """Three digits, at most a tenth of a millisecond."""
    return f"{value:.1f}" if value >= 100 else f"{value:.2f}" if value >= 1 else f"{value:.4f}"


def markdown(lines):
    out = ["| what | rows | ours, s | peer | peer, s | ours / peer | peak MB |",
           "|---|--:|--:|---|--:|--:|--:|"]
    for what, rows, mine, peer, other, peak, note in lines:
        ratio = f"{mine / other:.3f}" if other else "—"
        out.append(f"| {what} | {rows:,} | {seconds(mine)} | {peer}{' (' + note + ')' if note else ''} "
                   f"| {seconds(other) if other else '—'} | {ratio} | {peak:,.0f} |")
    return out


def evaluations(command, data, scratch, adult, quick):
    """Whole runs of the command: wall and processor seconds, peak memory, seconds by phase."""
    n = 100_000 if quick else 1_000_000
    jobs = [(f"made table, {n:,} × 30", [table(data, n, 1), table(data, n, 2)], 1 if quick else 2)]
    absent: list[str] = []
    # Metrics of single columns and of pairs alone.
    jobs.append((f"… metrics of columns and pairs, {n:,} × 30",
                 [table(data, n, 1), table(data, n, 2)] + [
                     word for name in COLUMNS_AND_PAIRS for word in ("--metrics", name)], 1))
    if adult and (adult / "real_train.csv").exists():
        pair = [adult / "real_train.csv", adult / "synth_synthpop.csv.gz"]
        jobs.insert(0, ("Adult, 24,421 + 50,000 × 15, with holdout",
                        pair + ["--holdout", adult / "real_holdout.csv"], 1 if quick else 3))
    else:
        absent = ["", "Adult is not here (`--adult FOLDER` names it): not measured."]
    out = ["| `assay evaluate` | wall, s | processor, s | peak MB | read real | prepare | read synthetic "
           "| measure | write |", "|---|--:|--:|--:|--:|--:|--:|--:|--:|"]
    for name, inputs, rounds in jobs:
        runs = []
        for _ in range(rounds):
            timings = scratch / "timings.json"
            found = measure([str(command), "evaluate", *map(str, inputs), "--output",
                             str(scratch / "report"), "--timings", str(timings), "--quiet"],
                            cwd=scratch)
            found["phases"] = [p["seconds"] for p in json.loads(timings.read_text())["phases"]]
            runs.append(found)
        # Of an even number the lower middle one: phases of two runs cannot be mixed.
        middle = sorted(runs, key=lambda r: r["wall"])[(len(runs) - 1) // 2]
        phases = " | ".join(f"{p:.2f}" for p in middle["phases"])
        peak = max(r["mb"] for r in runs)
        out.append(f"| {name} | {middle['wall']:.2f} | {middle['cpu']:.2f} | {peak:,.0f} | {phases} |")
    return out + absent


def certainty(binaries, data, scratch, adult, quick):
    """What intervals, floors and far ends cost, and what each further baseline does."""
    jobs = [("made table, 10,000 × 30", [table(data, 10_000, 1), table(data, 10_000, 2)])]
    if adult and (adult / "real_train.csv").exists():
        jobs.insert(0, ("Adult, 24,421 + 50,000 × 15",
                        [adult / "real_train.csv", adult / "synth_synthpop.csv.gz"]))
    rounds = 1 if quick else 3
    out = ["| every metric of the standard preset | with, s | without, s | with / without "
           "| `evaluate`, s | each baseline, s | baseline / `evaluate` |",
           "|---|--:|--:|--:|--:|--:|--:|"]
    for name, inputs in jobs:
        tail = [*map(str, inputs), "1", "2"]
        full, bare, plain, more = [], [], [], []
        for _ in range(rounds):
            full.append(measure([str(binaries / "AssayBench"), "measure"] + tail)["seconds"])
            bare.append(measure([str(binaries / "AssayBench"), "measure-bare"] + tail)["seconds"])
            run = [str(binaries / "assay"), "evaluate", *map(str, inputs), "--quiet", "--output",
                   str(scratch / "report")]
            plain.append(measure(run, cwd=scratch)["wall"])
            more.append(measure(run + ["--baselines"], cwd=scratch)["wall"])
        full, bare, plain, more = map(statistics.median, (full, bare, plain, more))
        each = (more - plain) / BASELINES
        out.append(f"| {name} | {seconds(full)} | {seconds(bare)} | {full / bare:.2f} "
                   f"| {seconds(plain)} | {seconds(each)} | {each / plain:.2f} |")
    return out


def write(text):
    """Puts the tables between the two marks in README.md."""
    path = HERE / "README.md"
    before, rest = path.read_text().split("<!-- table -->", 1)
    after = rest.split("<!-- end of table -->", 1)[1]
    path.write_text(f"{before}<!-- table -->\n{text}\n<!-- end of table -->{after}")


def keyed(table):
    """The rows of a table of cases by what they time, on how many rows, beside which peer."""
    found = {}
    for row in table:
        cells = [cell.strip() for cell in row.strip("| ").split("|")]
        found[(cells[0], cells[1], cells[3].split()[0])] = row
    return found


def merged(old, new):
    """The text of README's tables with the tables of a later run in place of those that they renew."""
    parts = [part for part in old.split("\n\n") if part.strip()]
    for part in [part for part in new.split("\n\n") if part.startswith("| ")]:
        head = part.splitlines()[0].split("|")[1]
        place = next((i for i, other in enumerate(parts) if other.split("|")[1:2] == [head]), None)
        if place is None:
            parts.append(part)
        elif head.strip() == "what":
            rows = keyed(parts[place].splitlines()[2:])
            rows.update(keyed(part.splitlines()[2:]))
            parts[place] = "\n".join(parts[place].splitlines()[:2] + list(rows.values()))
        else:
            rows = {row.split("|")[1]: row for row in parts[place].splitlines()[2:]}
            rows.update({row.split("|")[1]: row for row in part.splitlines()[2:]})
            parts[place] = "\n".join(part.splitlines()[:2] + list(rows.values()))
    return "\n\n".join(parts)


def main():
    parser = argparse.ArgumentParser(prog="Scripts/bench", description=__doc__.split("\n\n")[0])
    parser.add_argument("--quick", action="store_true", help="small tables only; prints, writes nothing")
    parser.add_argument("--only", metavar="CASE", help="only cases whose name holds this; prints only")
    parser.add_argument("--merge", action="store_true",
                        help="with --only: renew the lines of these cases in README.md")
    parser.add_argument("--data", type=pathlib.Path, help="keep the made tables in this folder")
    parser.add_argument("--adult", type=pathlib.Path, default=HERE.parent.parent / "shared/data/adult",
                        help="the folder of the Adult tables")
    parser.add_argument("--bin", type=pathlib.Path, required=True, help=argparse.SUPPRESS)
    options = parser.parse_args()
    binaries = options.bin.resolve()
    if not importlib.util.find_spec("numpy"):
        sys.exit("bench: the tables are made with numpy, which is not installed: pip install numpy")
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        data = options.data or scratch
        data.mkdir(parents=True, exist_ok=True)
        lines = []
        for case in cases(options.quick):
            if options.only and options.only not in case.case:
                continue
            lines += run_case(case, binaries / "AssayBench", data)
            print(markdown(lines[-max(1, len(case.peers)):])[-1], file=sys.stderr, flush=True)
        text = machine.description() + (["", *markdown(lines)] if lines else [])
        if not options.only or options.only in "evaluate":
            text += ["", *evaluations(binaries / "assay", data, scratch, options.adult, options.quick)]
        if not options.only or options.only in "certainty":
            text += ["", *certainty(binaries, data, scratch, options.adult, options.quick)]
    print("\n".join(text))
    if options.merge and options.only and not options.quick:
        old = (HERE / "README.md").read_text().split("<!-- table -->", 1)[1]
        write(merged(old.split("<!-- end of table -->", 1)[0].strip(), "\n".join(text)))
    elif not options.quick and not options.only:
        write("\n".join(text))


if __name__ == "__main__":
    main()
