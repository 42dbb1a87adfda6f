"""How long lifelines takes, for benches/statistics.rs: a line each, the method, what was called, the seconds."""

import importlib.util
import subprocess
import sys
import time
import warnings

if importlib.util.find_spec("lifelines") is None:
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "lifelines"], check=True, stdout=sys.stderr)

import lifelines
import pandas

warnings.simplefilter("ignore")
waits = pandas.read_csv(sys.argv[1])
exits, outcomes = waits["exit_days"].to_numpy(), waits["outcome"].to_numpy()


def seconds(times, work):
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return sorted(taken)[times // 2]


curve = seconds(5, lambda: lifelines.KaplanMeierFitter().fit(exits, outcomes > 0))
print("curve", "lifelines: KaplanMeierFitter", f"{curve:.4f}", sep="\t")
fitter = lifelines.AalenJohansenFitter(calculate_variance=True)
incidence = seconds(1, lambda: fitter.fit(exits, outcomes, event_of_interest=1))
print("incidence", "lifelines: AalenJohansenFitter, one ending", f"{incidence:.4f}", sep="\t")
