"""Brings the benchmark's tables into the form that a peer's case needs; never timed."""
from dataclasses import dataclass

import numpy
import pandas

LEVELS = [f"s{k}" for k in range(7)] + ["flag"]
DATES = ["d0", "d1", "d2", "ts"]
NUMBERS = [f"i{k}" for k in range(8)] + [f"x{k}" for k in range(9)]
LEFT_OUT = ["s7"]  # an identifier: no metric looks at it


@dataclass
class Run:
    """What one process of the benchmark is asked for."""

    real: str
    synthetic: str
    repeats: int
    threads: int
    peer: str = ""


def numbers(path, column):
    """One column without its blank cells."""
    return pandas.read_csv(path, usecols=[column])[column].dropna().to_numpy(dtype=float)


def mixed(path):
    """All columns that metrics look at; dates as seconds."""
    table = pandas.read_csv(path, dtype={name: str for name in LEVELS})
    for name in DATES:
        times = pandas.to_datetime(table[name])
        seconds = times.to_numpy().astype("datetime64[s]").astype("int64").astype(float)
        table[name] = numpy.where(times.isna(), numpy.nan, seconds)
    return table.drop(columns=LEFT_OUT)


def numeric(path):
    """The columns of numbers and points in time."""
    return mixed(path)[NUMBERS + DATES]


def ranked_pair(real, synthetic):
    """Ranks of numbers by the real table and codes of levels, for both tables, and the number of rows."""
    first, second = mixed(real), mixed(synthetic)
    ranks, codes = ([], []), ([], [])
    for name in NUMBERS + DATES:
        scale, counts = numpy.unique(first[name].dropna(), return_counts=True)
        positions = (numpy.cumsum(counts) - counts / 2) / counts.sum()
        for table, out in ((first, ranks[0]), (second, ranks[1])):
            values = table[name].to_numpy()
            found = numpy.interp(values, scale, positions, left=0, right=1)
            out.append(numpy.where(numpy.isnan(values), 0, found))
    for name in LEVELS:
        known = pandas.unique(pandas.concat([first[name], second[name]]).dropna())
        for table, out in ((first, codes[0]), (second, codes[1])):
            out.append(pandas.Categorical(table[name], categories=known).codes.astype(float))
    stacked = [(numpy.column_stack(r), numpy.column_stack(c)) for r, c in zip(ranks, codes)]
    return stacked[0], stacked[1], len(second)


def coded_pair(real, synthetic, limit):
    """Both tables as numbers and codes, below each other, with which row is of which."""
    first, second = mixed(real), mixed(synthetic)
    count = min(limit, len(first), len(second))
    columns = []
    for name in NUMBERS + DATES:
        columns.append(numpy.concatenate([t[name].to_numpy()[:count] for t in (first, second)]))
    for name in LEVELS:
        known = pandas.unique(pandas.concat([first[name], second[name]]).dropna())
        codes = [pandas.Categorical(t[name], categories=known).codes[:count].astype(float)
                 for t in (first, second)]
        both = numpy.concatenate(codes)
        columns.append(numpy.where(both < 0, numpy.nan, both))
    return numpy.column_stack(columns), numpy.repeat([0, 1], count)
