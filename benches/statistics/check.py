"""Draws waits that nobody gave, asks Aiqyn and R for their figures, and says where they differ.

    python3 benches/statistics/check.py target/release/aiqyn [--rounds N] [--seed N] [--keep FOLDER]

Ties, delayed entry, several groups, three endings, waits of no time, everybody open, a single row, a group of one,
many rows. Needs R with the packages survival and cmprsk (Debian: r-cran-survival, r-cran-cmprsk); they are
installed where this runs as root. With --keep every case and R's figures are written to a folder, as
tests/statistics/from_r has them.
"""

import argparse
import csv
import json
import math
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
COUNTS = ("n", "rows", "events", "open", "k", "n_risk", "cum_events", "df")


def case(draw, n, *, longest, late=0.0, groups=(), strata=(), endings=3, open_share=0.3, decimals=0):
    """Rows of n waits; times are whole, or have so many decimals; `late` is the share of delayed entries."""
    rows = []
    for _ in range(n):
        group = draw.choices(groups, [1 / (i + 1) for i in range(len(groups))])[0] if groups else None
        pace = 1 + 0.4 * (groups.index(group) if groups else 0)
        exit = round(min(draw.expovariate(pace / longest * 3), longest), decimals)
        entry = 0
        if draw.random() < late:
            entry = round(draw.uniform(0, longest / 2), decimals)
            exit = round(entry + 10**-decimals + exit, decimals)
        if late and exit == 0:
            exit = 10**-decimals
        # Whoever is fast ends in the first way more often: endings and groups are not independent.
        outcome = 0 if draw.random() < open_share else 1 + min(int(draw.expovariate(1.2 / pace)), endings - 1)
        row = {"exit_days": exit, "outcome": outcome}
        if late:
            row["entry_days"] = entry
        if groups:
            row["group"] = group
        if strata:
            row["stratum"] = draw.choice(strata)
        rows.append({key: f"{value:.{decimals}f}" if key.endswith("days") else value for key, value in row.items()})
    return rows


def cases(draw):
    """The cases of one round, by name."""
    two, three, five = "ab", "abc", "abcde"
    yield "ties", case(draw, 120, longest=12, groups=two)
    yield "ties_many_groups", case(draw, 160, longest=25, groups=five, strata="xyz")
    yield "delayed_entry", case(draw, 90, longest=40, late=0.6, groups=three, strata="xy")
    yield "delayed_entry_two_groups", case(draw, 70, longest=300, late=0.3, groups=two)
    yield "decimals", case(draw, 100, longest=9, groups=three, decimals=3)
    yield "one_ending", case(draw, 60, longest=30, groups=two, endings=1)
    yield "all_ended", case(draw, 50, longest=20, groups=two, open_share=0)
    yield "all_open", case(draw, 30, longest=20, groups=two, open_share=1)
    yield "few", case(draw, draw.randint(2, 8), longest=6, groups=two)
    yield "one_row", case(draw, 1, longest=9, open_share=draw.choice([0, 1]))
    lonely = case(draw, 40, longest=30, groups=two)
    lonely[draw.randrange(40)]["group"] = "z"
    yield "group_of_one", lonely
    zeros = case(draw, 60, longest=10, groups=two)
    for row in zeros[:15]:
        row["exit_days"] = "0"
    yield "no_time", zeros


def large(draw):
    yield "many_rows", case(draw, 100_000, longest=1500, groups="abcd", strata="xy", open_share=0.2)
    yield "many_rows_decimals", case(draw, 3_000, longest=1500, groups="ab", decimals=6)
    yield "many_rows_late", case(draw, 3_000, longest=200, late=0.4, groups="ab")


def questions(rows, draw):
    """Times and horizons: on exits, between them, before the first and past the last."""
    exits = sorted({float(row["exit_days"]) for row in rows})
    at = {0.0, exits[-1] + 5} | {draw.choice(exits) for _ in range(3)} | {draw.choice(exits) + 0.25}
    tau = {exits[-1], exits[len(exits) // 2], exits[-1] + 1}
    return [",".join(repr(time) for time in sorted(times)) for times in (at, tau)]


def write(path, rows):
    with open(path, "w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def ask_aiqyn(program, path, header, at, tau, interval):
    words = [program, "stats", "survival", path, "--json", "--at", at, "--tau", tau, "--interval", interval]
    words += ["--group", "group"] if "group" in header else []
    words += ["--strata", "stratum"] if "stratum" in header else []
    return json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)


def ask_r(path, at, tau, interval):
    words = ["Rscript", HERE / "figures.R", path, at, tau, interval]
    return subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout


def look_up(report, where):
    for part in where.split("/")[1:]:
        report = report[int(part)] if isinstance(report, list) else report[part]
    return report


def agree(where, ours, theirs):
    """The tolerances of the reference figures: exact counts and quantiles, 1e-9 absolute, 1e-8 relative."""
    if theirs == "null" or ours is None:
        return theirs == "null" and ours is None
    theirs = float(theirs)
    if where.rsplit("/", 1)[-1] in COUNTS or "/quantiles/" in where:
        return ours == theirs
    if where.endswith(("/survival", "/estimate", "/share", "/difference")):
        return math.isclose(ours, theirs, rel_tol=1e-12, abs_tol=1e-9)
    return math.isclose(ours, theirs, rel_tol=1e-8, abs_tol=1e-12)


def has_r():
    looked = "library(survival); library(cmprsk)"
    if shutil.which("Rscript") and subprocess.run(["Rscript", "-e", looked], capture_output=True).returncode == 0:
        return True
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    subprocess.run(["apt-get", "install", "-y", "-qq", "r-base-core", "r-cran-survival", "r-cran-cmprsk"], check=False)
    return subprocess.run(["Rscript", "-e", looked], capture_output=True).returncode == 0


def main():
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("program")
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--keep", type=pathlib.Path)
    asked.add_argument("--large", action="store_true", help="with cases of many rows; minutes")
    asked = asked.parse_args()
    if not has_r():
        print("SKIPPED: R with survival and cmprsk is not installed and cannot be")
        return 0
    draw = random.Random(asked.seed)
    compared, wrong = 0, 0
    for number in range(asked.rounds):
        drawn = list(cases(draw)) + (list(large(draw)) if asked.large and number == 0 else [])
        for name, rows in drawn:
            interval = draw.choice(["log-log", "log"])
            at, tau = questions(rows, draw)
            with tempfile.TemporaryDirectory() as folder:
                path = pathlib.Path(asked.keep or folder, name) if asked.keep else pathlib.Path(folder)
                path.mkdir(parents=True, exist_ok=True)
                write(path / "waits.csv", rows)
                theirs = ask_r(path / "waits.csv", at, tau, interval)
                ours = ask_aiqyn(asked.program, path / "waits.csv", rows[0], at, tau, interval)
                if asked.keep:
                    (path / "figures.tsv").write_text(theirs)
                    (path / "options").write_text(f"--at {at} --tau {tau} --interval {interval}\n")
            for line in theirs.splitlines():
                where, figure = line.split("\t")
                compared += 1
                if not agree(where, look_up(ours, where), figure):
                    wrong += 1
                    print(f"round {number}, {name}, {interval}: {where}: Aiqyn {look_up(ours, where)}, R {figure}")
    print(f"{compared} figures compared, {wrong} differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
