"""The names of the addresses that content types add to the admin."""

from __future__ import annotations

TRY_ANSWER = "content_types_try_answer"
SEE_TASK = "content_types_see_task"
READ_LIST = "content_types_read_list"
