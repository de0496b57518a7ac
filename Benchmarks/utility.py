"""Times the models of utility beside scikit-learn and SDMetrics on the same tables.

    python3 Benchmarks/utility.py ASSAY REAL SYNTHETIC HOLDOUT TARGET [ROUNDS]

ASSAY is a release build. Every measurement is a process of its own, in turns, on as many threads as
the machine has. What is compared:

- ours: `-m utility.prediction-gap` (boosted trees of 100 rounds on both sides, what subsets of rows
  change, an interval) and `-m utility` (everything of the standard preset);
- scikit-learn: HistGradientBoostingClassifier of 100 rounds on both sides and both areas, no interval;
- SDMetrics: its four efficacy metrics of two classes (decision tree, AdaBoost, logistic regression,
  multi-layer perceptron), trained on synthetic and tested on real rows. It takes no level that the
  synthetic rows lack: such rows to judge by are left out for it, and counted.

- synthcity: its evaluators `performance.linear_model` and `performance.xgb` (five folds, real and
  synthetic rows as training rows, tested on rows of either fold and on the holdout). Its third, a
  multi-layer perceptron, is left out: on Adult it had not ended after seven minutes.

A peer whose package is absent is skipped, and said to be. synthcity comes with torch and its generators; it
may live in an environment of its own, whose Python PEER_SYNTHCITY names.
"""
import os
import statistics
import subprocess
import sys
import tempfile
import time

SKLEARN = """
import sys
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score
real, synthetic, holdout = (pd.read_csv(path) for path in sys.argv[1:4])
target = sys.argv[4]
positive = real[target].value_counts().index[-1]
text = [c for c in real.columns if c != target and not pd.api.types.is_numeric_dtype(real[c])]
levels = {c: {v: i for i, v in enumerate(real[c].value_counts().index)} for c in text}
def parts(table):
    x = table.drop(columns=target).copy()
    for c in text:
        x[c] = x[c].map(levels[c]).astype(float)
    return x, table[target] == positive
rows = min(len(real), len(synthetic))
test = parts(holdout)
areas = []
for table in (real, synthetic):
    x, y = parts(table.head(rows))
    model = HistGradientBoostingClassifier(max_iter=100, max_depth=6, early_stopping=False)
    areas.append(roc_auc_score(test[1], model.fit(x, y).predict_proba(test[0])[:, 1]))
print("areas", areas)
"""

SDMETRICS = """
import sys
import warnings
import pandas as pd
warnings.filterwarnings("ignore")
from sdmetrics.single_table import (BinaryAdaBoostClassifier, BinaryDecisionTreeClassifier,
                                    BinaryLogisticRegression, BinaryMLPClassifier)
real, synthetic, holdout = (pd.read_csv(path) for path in sys.argv[1:4])
target = sys.argv[4]
text = [c for c in real.columns if c != target and not pd.api.types.is_numeric_dtype(real[c])]
columns = {c: {"sdtype": "categorical" if c in text else "numerical"} for c in real.columns}
columns[target] = {"sdtype": "boolean"}
positive = real[target].value_counts().index[-1]
for table in (synthetic, holdout):
    table[target] = table[target] == positive
known = pd.Series(True, index=holdout.index)
for c in text:
    known &= holdout[c].isin(synthetic[c].unique())
if not known.all():
    print("rows left out for levels that no synthetic row has:", int((~known).sum()))
    holdout = holdout[known]
for metric in (BinaryDecisionTreeClassifier, BinaryAdaBoostClassifier, BinaryLogisticRegression,
               BinaryMLPClassifier):
    try:
        value = metric.compute(holdout, synthetic, metadata={"columns": columns}, target=target)
    except Exception as error:  # a peer that cannot read the table is a result, too
        value = f"{type(error).__name__}: {str(error).splitlines()[0]}"
    print(metric.__name__, value)
"""

SYNTHCITY = """
import sys
import warnings
warnings.filterwarnings("ignore")
import pandas as pd
from synthcity.metrics.eval_performance import PerformanceEvaluatorLinear, PerformanceEvaluatorXGB
from synthcity.plugins.core.dataloader import GenericDataLoader
real, synthetic, holdout = (pd.read_csv(path) for path in sys.argv[1:4])
target = sys.argv[4]
positive = real[target].value_counts().index[-1]
text = [c for c in real.columns if c != target and not pd.api.types.is_numeric_dtype(real[c])]
levels = {c: {v: i for i, v in enumerate(real[c].value_counts().index)} for c in text}
def coded(table):
    table = table.copy()
    for c in text:
        table[c] = table[c].map(levels[c]).fillna(-1).astype(float)
    table[target] = (table[target] == positive).astype(int)
    return table
real, synthetic, holdout = map(coded, (real, synthetic, holdout))
truth = GenericDataLoader(pd.concat([real, holdout], ignore_index=True), target_column=target,
                          train_size=len(real) / (len(real) + len(holdout)))
other = GenericDataLoader(synthetic, target_column=target)
for evaluator in (PerformanceEvaluatorLinear, PerformanceEvaluatorXGB):
    print(evaluator.name(), evaluator(use_cache=False).evaluate(truth, other))
"""


def has(python, package):
    """Whether a Python can import a package."""
    code = f"import importlib.util as u, sys; sys.exit(u.find_spec({package!r}) is None)"
    return subprocess.run([python, "-c", code], capture_output=True).returncode == 0


def measure(command):
    """Wall and processor seconds, and the peak in MB, of one process."""
    start = time.perf_counter()
    # Of its own, since peers leave caches where they run.
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryDirectory() as place:
        child = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, cwd=place)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        out.seek(0)
        words = out.read().strip()
    if os.waitstatus_to_exitcode(status):
        raise RuntimeError(f"{command[:2]} failed: {words[-500:]}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, words


def main():
    assay, real, synthetic, holdout = map(os.path.abspath, sys.argv[1:5])
    target = sys.argv[5]
    rounds = int(sys.argv[6]) if len(sys.argv) > 6 else 3
    ours = [assay, real, synthetic, "-H", holdout, "-t", target, "-q", "--json", "report.json"]
    peer = [real, synthetic, holdout, target]
    cases = {
        "assay, prediction gap": ours + ["-m", "utility.prediction-gap"],
        "assay, all of utility": ours + ["-m", "utility"],
    }
    peers = {
        "scikit-learn, two models": (SKLEARN, "sklearn", sys.executable),
        "SDMetrics, four efficacies": (SDMETRICS, "sdmetrics", sys.executable),
        "synthcity, two of its performance evaluators": (
            SYNTHCITY, "synthcity", os.environ.get("PEER_SYNTHCITY", sys.executable)),
    }
    for name, (code, package, python) in peers.items():
        if has(python, "pandas") and has(python, package):
            cases[name] = [python, "-c", code, *peer]
        else:
            print(f"{name}: skipped, {package} or pandas is not installed for {python}")
    found = {name: [] for name in cases}
    for _ in range(rounds):
        for name, command in cases.items():
            found[name].append(measure(command))
    base = statistics.median(run[1] for run in found["assay, prediction gap"])
    print("| what | wall s | processor s | peak MB | processor, as a multiple of ours |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for name, runs in found.items():
        wall, cpu, peak = (statistics.median(run[i] for run in runs) for i in range(3))
        print(f"| {name} | {wall:.2f} | {cpu:.2f} | {peak:.0f} | {cpu / base:.2f} |")
    for name in [name for name in peers if name in found]:
        print(f"\n{name}: {found[name][0][3]}")


main()
