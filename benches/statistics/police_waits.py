"""The waits of the list of police complaints, for `aiqyn stats survival` and for police.R.

    python3 benches/statistics/police_waits.py police-complaints-2000-2008.csv > waits.csv

From the complaint to its closing, in days. Outcome 1: closed as sustained; 2: closed as not sustained; 3: closed
otherwise (unfounded, exonerated, no affidavit, no finding recorded); 0: pending. Left out, as the import leaves them
out (docs/import.md): closed without a date, closed before the complaint, pending with a closing date. The ten that
are pending are watched until the day the list was drawn up.
"""

import csv
import datetime
import sys

DRAWN_UP = datetime.date(2022, 9, 1)
OUTCOMES = {"SUSTAINED": 1, "NOT SUSTAINED": 2}

waits = csv.writer(sys.stdout, lineterminator="\n")
waits.writerow(["complaint_id", "exit_days", "outcome", "body", "side"])
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    for row in csv.DictReader(file):
        pending, closed, filed = row["status"].startswith("PENDING"), row["closed_date"], row["complaint_date"]
        if pending == bool(closed) or (closed and closed < filed):
            continue
        end = datetime.date.fromisoformat(closed) if closed else DRAWN_UP
        days = (end - datetime.date.fromisoformat(filed)).days
        outcome = OUTCOMES.get(row["finding"], 3) if closed else 0
        body = row["investigating_body"]
        side = "internal affairs" if body == "BIA" else "civilian body"
        waits.writerow([row["complaint_id"], days, outcome, body, side])
