"""Times one case with a peer library: peers.py CASE PEER REAL SYNTHETIC REPEATS THREADS.

Prints one line of JSON: the median of the repeats in seconds, the peer's version, numbers by which it
can be seen to have done what Assay did, and, where only a part of the work was done and scaled up, a note.
"""
import importlib
import importlib.metadata
import json
import statistics
import sys
import time

import tables


def timed(repeats, work):
    seconds, check = [], []
    for _ in range(repeats):
        start = time.perf_counter()
        check = work()
        seconds.append(time.perf_counter() - start)
    return {"seconds": statistics.median(seconds), "check": [float(c) for c in check]}


def read_pyarrow(run):
    import pyarrow
    from pyarrow import csv

    pyarrow.set_cpu_count(run.threads)
    levels = csv.ConvertOptions(
        auto_dict_encode=True, auto_dict_max_cardinality=2_000_000, strings_can_be_null=True)
    options = csv.ReadOptions(use_threads=run.threads > 1)

    def work():
        table = csv.read_csv(run.real, read_options=options, convert_options=levels)
        return [table.num_rows, table.num_columns]

    return timed(run.repeats, work)


def read_pandas(run):
    import pandas

    return timed(run.repeats, lambda: pandas.read_csv(run.real).shape)


def sort(run):
    import numpy

    values = tables.numbers(run.real, "x5")

    def work():
        ordered = numpy.sort(values)
        return [ordered[0], ordered[len(ordered) // 2], ordered[-1]]

    return timed(run.repeats, work)


def ks(run):
    from scipy import stats

    x, y = tables.numbers(run.real, "x5"), tables.numbers(run.synthetic, "x5")
    return timed(run.repeats, lambda: [stats.ks_2samp(x, y, method="asymp").statistic])


def w1(run):
    from scipy import stats

    x, y = tables.numbers(run.real, "x5"), tables.numbers(run.synthetic, "x5")
    return timed(run.repeats, lambda: [stats.wasserstein_distance(x, y)])


def midranks(run):
    from scipy import stats

    values = tables.numbers(run.real, "i4")

    def work():
        ranks = stats.rankdata(values)
        return [ranks[0], ranks[-1]]

    return timed(run.repeats, work)


def spearman(run):
    from scipy import stats

    x, y = tables.numbers(run.real, "i4"), tables.numbers(run.real, "x5")
    n = min(len(x), len(y))
    return timed(run.repeats, lambda: [stats.spearmanr(x[:n], y[:n]).statistic])


def pairs(run):
    """Ten cells a column, then pandas.crosstab and scipy's chi-square for some pairs of both sides."""
    import itertools

    import numpy
    import pandas
    from scipy.stats import contingency

    real, synthetic = tables.mixed(run.real), tables.mixed(run.synthetic)
    chosen = 20

    def cells():
        first, second = {}, {}
        for name in real:
            if real[name].dtype.kind in "fi":
                edges = numpy.unique(real[name].quantile([k / 9 for k in range(1, 9)]).to_numpy())
                for source, target in ((real, first), (synthetic, second)):
                    codes = numpy.searchsorted(edges, source[name].to_numpy(), side="right")
                    target[name] = numpy.where(source[name].isna(), 9, codes)
            else:
                kept = {level: k for k, level in enumerate(real[name].value_counts().index[:8])}
                for source, target in ((real, first), (synthetic, second)):
                    codes = source[name].map(kept).fillna(8).to_numpy(dtype=int)
                    target[name] = numpy.where(source[name].isna(), 9, codes)
        return first, second

    def association(table):
        found = contingency.chi2_contingency(table, correction=False).statistic
        n, (r, c) = table.to_numpy().sum(), table.shape
        phi = max(0.0, found / n - (r - 1) * (c - 1) / (n - 1))
        return (phi / (min(r - (r - 1) ** 2 / (n - 1), c - (c - 1) ** 2 / (n - 1)) - 1)) ** 0.5

    start = time.perf_counter()
    first, second = cells()
    coding = time.perf_counter() - start
    every = list(itertools.combinations(first, 2))
    step = len(every) // chosen
    start = time.perf_counter()
    for a, b in every[::step][:chosen]:
        left, right = pandas.crosstab(first[a], first[b]), pandas.crosstab(second[a], second[b])
        abs(association(left) - association(right))
        left, right = left.align(right, fill_value=0)
        numpy.abs(left / len(first[a]) - right / len(second[a])).to_numpy().sum() / 2
    each = (time.perf_counter() - start) / chosen
    return {"seconds": coding + each * len(every), "check": [len(every), len(every)],
            "note": f"{chosen} of {len(every)} pairs, scaled"}


def spearman_pairs(run):
    """pandas' pairwise Spearman of both sides; of six columns where all would take minutes."""
    real, synthetic = tables.numeric(run.real), tables.numeric(run.synthetic)
    columns = list(real.columns)
    large = len(real) > 20_000
    used = ["x0", "x5", "i0", "i4", "x1", "d0"] if large else columns
    start = time.perf_counter()
    found = real[used].corr(method="spearman")
    synthetic[used].corr(method="spearman")
    seconds = time.perf_counter() - start
    every, part = len(columns) * (len(columns) - 1) // 2, len(used) * (len(used) - 1) // 2
    outcome = {"check": [every, found.loc["x0", "x5"]], "seconds": seconds}
    if large:
        outcome["seconds"] *= every / part
        outcome["note"] = f"{part} of {every} pairs, scaled"
    return outcome


def neighbours(run):
    return brute_force(run, None)


def neighbours_sample(run):
    return brute_force(run, 2_500)


def brute_force(run, queries):
    """cityblock of ranks plus number of different levels by scipy's cdist, for some rows, scaled."""
    from scipy.spatial.distance import cdist

    base, points, count = tables.ranked_pair(run.real, run.synthetic)
    queries = queries or count
    chosen = max(20, min(queries, 20_000_000 // count // 4))
    step = 10
    total, start = 0.0, time.perf_counter()
    for row in range(0, chosen, step):
        part = slice(row, min(row + step, chosen))
        distance = cdist(points[0][part], base[0], "cityblock")
        distance += cdist(points[1][part], base[1], "hamming") * base[1].shape[1]
        nearest = distance.min(axis=1)
        if row < 100:
            total += nearest[: 100 - row].sum()
    seconds = (time.perf_counter() - start) * queries / chosen
    outcome = {"seconds": seconds, "check": [base[0].shape[1] + base[1].shape[1], queries]}
    if chosen >= 100:
        outcome["check"].append(total)
    if chosen < queries:
        outcome["note"] = f"{chosen} of {queries} rows, scaled"
    return outcome


def timed_by_processor(repeats, work):
    """Seconds of the processor, of all threads."""
    seconds, check = [], []
    for _ in range(repeats):
        start = time.process_time()
        check = work()
        seconds.append(time.process_time() - start)
    return {"seconds": statistics.median(seconds), "check": [float(c) for c in check]}


def points_prdc(run):
    import contextlib
    import io

    import numpy
    from prdc import compute_prdc

    real, synthetic = numpy.load(run.real), numpy.load(run.synthetic)

    def work():
        with contextlib.redirect_stdout(io.StringIO()):
            found = compute_prdc(real.astype(float), synthetic.astype(float), nearest_k=5)
        return [found[name] for name in ("precision", "recall", "density", "coverage")]

    return timed_by_processor(run.repeats, work)


def points_neighbours(run):
    import faiss
    import numpy

    faiss.omp_set_num_threads(run.threads)
    base, queries = numpy.load(run.real), numpy.load(run.synthetic)
    index = faiss.IndexFlatL2(base.shape[1])
    index.add(base)
    found = {}

    def work():
        distances, _ = index.search(queries, 5)
        found["copies"] = int((distances[:, 0] == 0).sum())
        return [len(base), len(queries)]

    outcome = timed_by_processor(run.repeats, work)
    outcome["note"] = f"{found['copies']} copies at 0"
    return outcome


def classifier(run):
    """Two halves, trees grown on each and tried on the other, of the same number and depth."""
    import importlib

    import numpy

    x, y = tables.coded_pair(run.real, run.synthetic, 50_000)
    half = numpy.arange(len(y)) % 2 == 0

    def model():
        if run.peer == "lightgbm":
            lightgbm = importlib.import_module("lightgbm")
            return lightgbm.LGBMClassifier(
                n_estimators=100, max_depth=6, num_leaves=63, learning_rate=0.1, n_jobs=1,
                verbose=-1)
        from sklearn.ensemble import HistGradientBoostingClassifier

        return HistGradientBoostingClassifier(
            max_iter=100, max_depth=6, max_leaf_nodes=63, learning_rate=0.1,
            early_stopping=False)

    def work():
        for learn in (half, ~half):
            model().fit(x[learn], y[learn]).predict_proba(x[~learn])
        return [x.shape[1], len(y)]

    return timed_by_processor(run.repeats, work)


def main():
    case, peer, real, synthetic, repeats, threads = sys.argv[1:]
    library = importlib.import_module(peer)
    version = getattr(library, "__version__", None) or importlib.metadata.version(peer)
    run = tables.Run(real, synthetic, int(repeats), int(threads), peer)
    name = f"read_{peer}" if case == "read" else case.replace("-", "_")
    outcome = globals()[name](run)
    outcome["version"] = version
    print(json.dumps(outcome))


main()
