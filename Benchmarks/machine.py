"""Says what machine and which versions a table was measured with; no date, no name, no path."""
import importlib.metadata
import os
import platform
import subprocess


def processor():
    try:
        with open("/proc/cpuinfo") as lines:
            for line in lines:
                if line.startswith("model name"):
                    return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def memory():
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return f"{total / 2**30:.0f} GB of memory"


def swift():
    try:
        found = subprocess.run(["swift", "--version"], capture_output=True, text=True).stdout
        return "Swift " + found.split("version ", 1)[1].split()[0]
    except (OSError, IndexError):
        return "Swift of an unknown version"


def peers():
    names = []
    for name in ("numpy", "scipy", "pandas", "pyarrow", "prdc", "faiss-cpu", "lightgbm", "scikit-learn"):
        try:
            names.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            names.append(f"{name} not installed")
    return ", ".join(names)


def description():
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = os.getloadavg()[0]
    return [
        f"{processor()}, {cores} cores, {memory()}, {platform.system()} {platform.machine()}. {swift()}, release. "
        f"Python {platform.python_version()}: {peers()}.",
        "",
        "Measured on a shared machine "
        f"(load average {load:.1f} at the end): the ratios, taken in turns in one run, are what counts; "
        "the seconds are not.",
    ]
