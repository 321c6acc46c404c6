"""The marking of learners' answers in a language: right, wrong, and why."""
