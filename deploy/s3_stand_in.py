"""A stand-in for a service that speaks S3, for trying and for tests: all of it is in memory.

It writes down what it is asked, and does that again when it is started anew.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

READING = frozenset({"GET", "HEAD", "OPTIONS"})


def main(port: int, recording: Path) -> None:
    """Serve S3 on a port of loopback, beginning with what `recording` tells."""
    # moto reads these when it is imported.
    os.environ["MOTO_RECORDER_FILEPATH"] = str(recording)
    from moto.moto_api import recorder
    from moto.server import main as serve

    if recording.exists():
        recall(recording)
    recorder.start_recording()
    serve(["-H", "127.0.0.1", "-p", str(port)])


def recall(recording: Path) -> None:
    """Do again what changed something in an earlier life, before anybody is let in."""
    import requests
    from moto.server import ThreadedMotoServer

    kept = [
        line
        for line in recording.read_text().splitlines()
        if json.loads(line)["method"] not in READING
    ]
    recording.write_text("".join(f"{line}\n" for line in kept))
    inner = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    inner.start()
    host, port = inner.get_host_and_port()
    address = f"http://{host}:{port}"
    replay = f"{address}/moto-api/recorder/replay-recording"
    requests.post(replay, json={"target_host": address}, timeout=60).raise_for_status()
    inner.stop()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
