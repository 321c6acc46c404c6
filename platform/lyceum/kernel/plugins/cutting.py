"""Ending another thread's transaction, for when that thread never will."""

from __future__ import annotations

import os
import socket

from django.db.backends.base.base import BaseDatabaseWrapper


def cut_off(connection: BaseDatabaseWrapper) -> None:
    """
    End what a thread that hangs has open in the database, from another thread.

    All of it is rolled back, and what the thread asks of the database from then on fails. A
    transaction left open would keep others from their rows, on SQLite from writing at all.
    """
    raw = connection.connection
    if raw is None:
        return
    if connection.vendor == "sqlite":
        raw.interrupt()
        raw.rollback()
        raw.close()
        return
    # The thread may be within the driver, whose memory must stay as it is: only the line is cut.
    with socket.socket(fileno=os.dup(raw.fileno())) as line:
        line.shutdown(socket.SHUT_RDWR)
