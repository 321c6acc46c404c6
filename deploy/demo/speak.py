#!/usr/bin/env python3
"""Make the audio files of a demo school, or of a theme, from a list ``audio.yaml``.

Each entry of the list is the name of an audio file and what is spoken in it, either by one voice

    listen-01.mp3: {voice: en-gb, text: Good morning.}

or by several, one after the other with a short pause between them:

    talk-01.mp3:
      lines:
        - {voice: en-gb, text: How are you?}
        - {voice: en-gb+f3, text: "Fine, thank you."}

Beside ``text`` or ``lines`` may stand ``speed``, in words a minute, if it is not to be 140: small
children are spoken to slowly. Voices are names of espeak-ng (``espeak-ng --voices=en``). The
result is mono MP3, 22.05 kHz, 24 kbit/s.

    python3 speak.py                     every school next to this file that has a media/audio.yaml
    python3 speak.py toto                one school
    python3 speak.py --missing toto      only the files that are not there yet
    python3 speak.py ../../themes/playful/static/sounds/en     another folder with an audio.yaml

Needs PyYAML and the programs espeak-ng and ffmpeg (Debian: apt-get install espeak-ng ffmpeg).
"""

from __future__ import annotations

import io
import subprocess
import sys
import wave
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from making import Craft, run

LIST_NAME = "audio.yaml"
WORDS_PER_MINUTE = 140
PAUSE_SECONDS = 0.2
SAMPLE_RATE = 22050
SAMPLE_BYTES = 2
BIT_RATE = "24k"


class ListError(ValueError):
    """The list of spoken texts is not in the form described above."""


class Line(NamedTuple):
    """A text, the voice that speaks it, and how fast: in words a minute."""

    voice: str
    text: str
    speed: int


def read_list(path: Path) -> dict[str, list[Line]]:
    """Read the list: the name of each audio file and the lines spoken in it."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(data, dict):
        raise ListError(f"{path}: a map of file names is expected")
    return {name: read_entry(name, entry) for name, entry in data.items()}


def read_entry(name: Any, entry: Any) -> list[Line]:
    """Read one entry of the list."""
    if not isinstance(name, str) or not name.endswith(".mp3") or Path(name).name != name:
        raise ListError(f"{name}: not the plain name of an .mp3 file")
    if not isinstance(entry, dict):
        raise ListError(f"{name}: a map with voice and text, or with lines, is expected")
    speed = entry.get("speed", WORDS_PER_MINUTE)
    if not isinstance(speed, int):
        raise ListError(f"{name}: speed must be a whole number")
    found = entry.get("lines", [entry])
    if not isinstance(found, list) or not found:
        raise ListError(f"{name}: lines must be a list with at least one line")
    lines = []
    for line in found:
        if not isinstance(line, dict) or not all(
            isinstance(line.get(key), str) for key in ("voice", "text")
        ):
            raise ListError(f"{name}: each line needs a voice and a text")
        lines.append(Line(line["voice"], line["text"], speed))
    return lines


def speak(line: Line) -> bytes:
    """Speak one line; the result is raw 16-bit sound at SAMPLE_RATE."""
    command = ["espeak-ng", "-v", line.voice, "-s", str(line.speed), "--stdin", "--stdout"]
    result = subprocess.run(command, input=line.text.encode(), capture_output=True, check=True)
    with wave.open(io.BytesIO(result.stdout)) as sound:
        form = (sound.getnchannels(), sound.getsampwidth(), sound.getframerate())
        if form != (1, SAMPLE_BYTES, SAMPLE_RATE):
            raise ListError(f"voice {line.voice}: unexpected sound format {form}")
        # The stream has no true length in its header: the frames are read to the end.
        return sound.readframes(len(result.stdout))


def make_mp3(lines: list[Line], target: Path) -> None:
    """Speak the lines and write them to one MP3 file."""
    pause = bytes(int(PAUSE_SECONDS * SAMPLE_RATE) * SAMPLE_BYTES)
    sound = pause.join(speak(line) for line in lines)
    command = ["ffmpeg", "-hide_banner", "-loglevel", "error", "-y"]
    command += ["-f", "s16le", "-ar", str(SAMPLE_RATE), "-ac", "1", "-i", "pipe:0"]
    command += ["-codec:a", "libmp3lame", "-b:a", BIT_RATE, "-map_metadata", "-1", str(target)]
    subprocess.run(command, input=sound, capture_output=True, check=True)


def make_school(media: Path, only_missing: bool) -> int:
    """Make the audio files of one school; the result is the number of files made."""
    made = 0
    for name, lines in read_list(media / LIST_NAME).items():
        target = media / name
        if only_missing and target.exists():
            continue
        make_mp3(lines, target)
        made += 1
    return made


CRAFT = Craft(
    makes="audio files",
    source=LIST_NAME,
    programs={"espeak-ng": "espeak-ng", "ffmpeg": "ffmpeg"},
    faults=(ListError, yaml.YAMLError),
    make=make_school,
)

if __name__ == "__main__":
    sys.exit(run(CRAFT, sys.argv[1:]))
