"""Cleans documents on a Dask cluster: every partition of records goes through one `qingwen pipe`.

    python3 clean.py IN OUT.jsonl [SCHEDULER]

Without a scheduler's address it starts two workers here."""

import json
import subprocess
import sys
from pathlib import Path

from distributed import Client, LocalCluster

COMMAND = ["qingwen", "pipe", "-j", "1"]
PARTITION = 500  # records


def clean(paths):
    """One process for a partition. It writes while it is written to: communicate() does both."""
    records = "".join(json.dumps({"id": p, "path": p}, ensure_ascii=False) + "\n" for p in paths)
    done = subprocess.run(COMMAND, input=records.encode(), stdout=subprocess.PIPE, check=True)
    return done.stdout


def main(folder, output, scheduler=None):
    paths = sorted(str(p.absolute()) for p in Path(folder).rglob("*") if p.is_file())
    parts = [paths[i : i + PARTITION] for i in range(0, len(paths), PARTITION)]
    if scheduler:
        client = Client(scheduler)
    else:
        client = Client(LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None))
    with client, open(output, "wb") as out:
        for answers in client.gather(client.map(clean, parts)):
            out.write(answers)
    print(f"{len(paths)} documents")


if __name__ == "__main__":
    main(*sys.argv[1:])
