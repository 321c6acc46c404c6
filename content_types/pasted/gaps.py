"""Lines as sentences with gaps: `I ___ from Spain = am`, or with braces of their own."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from content_types.exercise_kinds.gaps import MOST_GAPS, InvalidGaps, gaps_of, read_gaps
from content_types.pasted.lines import BLANK, OF_TABLES, Line, cells_of, lines_of, separator_of
from content_types.pasted.rows import BadLine, Row, Unfit
from lyceum.plugin.marking import InvalidPattern, expand

OPENED = re.compile(r"(?<!\\)\{")


def gap_lines_of(text: str, *, written: str, longest: int) -> list[Row | BadLine]:
    """
    Return what a pasted list makes of each line, to be put below a text that is written already.

    :raises InvalidGaps: if that text cannot be read
    """
    lines = list(lines_of(text))
    plain = [line for line in lines if not OPENED.search(line.text)]
    separator = separator_of(plain)
    made: list[Row | BadLine] = []
    count, length, fits = len(gaps_of(read_gaps(written))), len(written), True
    for line in lines:
        try:
            sentence = sentence_of(line, separator)
        except Unfit as reason:
            made.append(BadLine(line, str(reason)))
            continue
        count += len(gaps_of(read_gaps(sentence)))
        length += len(sentence) + 1
        # Those behind a line that does not fit wait with it: their order is a text's own.
        fits = fits and count <= MOST_GAPS and length <= longest
        made.append(Row(line, (sentence,), sentence, fits=fits))
    return made


def sentence_of(line: Line, separator: re.Pattern[str] | None) -> str:
    """
    Return a line as a sentence with gaps in braces.

    :raises Unfit: if it has no gap, or not as many answers as gaps
    """
    if OPENED.search(line.text):
        return checked(line.text)
    blanks = len(BLANK.findall(line.text))
    head, *answers = cells_of(line.text, separator, max(blanks, 1) + 1)
    if not answers:
        raise Unfit(_("There is no answer: write it behind the sentence, as in “I ___ here = am”."))
    if not all(answers):
        raise Unfit(_("An answer is empty."))
    for answer in answers:
        try:
            expand(answer)
        except InvalidPattern as error:
            raise Unfit(str(error)) from None
    in_braces = ["{" + braced(answer) + "}" for answer in answers]
    blanks = len(BLANK.findall(head))
    if not blanks and len(answers) == 1:
        between = " " if separator in OF_TABLES else line.text[len(head) : -len(answers[0])]
        return checked(f"{braced(head)}{between}{in_braces[0]}")
    if blanks != len(answers):
        told = {"gaps": blanks, "answers": len(answers)}
        raise Unfit(_("Gaps: %(gaps)d, answers: %(answers)d. Each gap ___ needs its own.") % told)
    waiting = iter(in_braces)
    return checked(BLANK.sub(lambda blank: next(waiting), braced(head)))


def braced(text: str) -> str:
    """Return a text in which braces are plain signs."""
    return re.sub(r"(?<!\\)([{}])", r"\\\1", text)


def checked(sentence: str) -> str:
    """
    Return a sentence that can be read, with a gap at least.

    :raises Unfit: if it cannot be read
    """
    try:
        gaps = gaps_of(read_gaps(sentence))
    except InvalidGaps as error:
        raise Unfit(error.message) from None
    if not gaps:
        raise Unfit(_("There is no gap in this line."))
    return sentence
