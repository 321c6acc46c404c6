"""Claims about French, a row each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

ACCENTS_AND_LETTERS = [
    ("l'été", "l'ete", True, "accent", "é is e with an accent"),
    ("français", "francais", True, "accent", "the cedilla is an accent"),
    ("la forêt", "la foret", True, "accent", "the circumflex is an accent"),
    ("Noël", "Noel", True, "accent", "the diaeresis is an accent"),
    ("où es-tu", "ou es-tu", True, "accent", "even where it tells two words apart"),
    ("il est à Paris", "il est a Paris", True, "accent", "à and a"),
    ("le cœur", "le coeur", True, "", "œ is oe"),
    ("la sœur", "LA SŒUR", True, "", "in capitals too"),
    ("mangé", "mange\u0301", True, "", "a combining acute is the acute"),
    ("élève", "eleve", True, "accent", "two accents of one word are told once"),
    ("À bientôt", "A bientot", True, "accent accent", "a capital may lack its accent, and is told"),
    ("le garçon", "le garcon", True, "accent", "no letter ç of its own"),
]  # fmt: skip

APOSTROPHES = [
    ("l'homme", "l’homme", True, "", "curly and straight apostrophes are one"),
    ("l'homme", "le homme", False, "wrong_word", "the elision is not optional"),
    ("l'homme", "la homme", False, "wrong_word", "l' is no la either"),
    ("le garçon", "l'garçon", False, "wrong_word", "nor does le elide before a consonant"),
    ("l'homme", "l' homme", True, "", "a blank after the apostrophe is spacing"),
    ("l'homme", "lhomme", True, "", "an apostrophe left out is punctuation"),
    ("c'est beau", "cest beau", True, "", "the same in c'est"),
    ("c'est beau", "ce est beau", False, "wrong_word", "c'est is never ce est"),
    ("j'ai faim", "je ai faim", False, "wrong_word", "j'ai is never je ai"),
    ("d'une amie", "dune amie", False, "wrong_word", "dune is another word"),
    ("aujourd'hui", "aujourd’hui", True, "", "aujourd'hui is one word"),
    ("Je m'appelle Paul", "Je me appelle Paul", False, "wrong_word", "me elides"),
    ("s'il te plaît", "si il te plait", False, "wrong_word accent", "si elides before il"),
    ("je vais au marché", "je vais à le marché", False, "wrong_word",
     "au is obligatory"),
]  # fmt: skip

WORDS = [
    ("tu manges", "tu mange", False, "wrong_word", "the second person has its s"),
    ("ils parlent", "ils parle", False, "wrong_word", "and the third plural its nt"),
    ("une petite fille", "une petit fille", False, "wrong_word", "the adjective agrees in gender"),
    ("des petits chats", "des petit chats", False, "wrong_word", "and in number"),
    ("j'ai mangé", "j'ai manger", False, "wrong_word", "the infinitive is no participle"),
    ("vous allez", "vous aller", False, "wrong_word", "nor a finite verb"),
    ("deux chevaux", "deux chevals", False, "wrong_word", "a plural by the wrong rule"),
    ("une grande maison", "un grande maison", False, "wrong_word", "un is not une"),
    ("quand tu veux", "quant tu veux", False, "wrong_word", "quant is a word of its own"),
    ("beaucoup de pain", "beacoup de pain", True, "typo", "a letter lost"),
    ("toujours là", "toujour là", True, "typo", "a silent s lost from a word without forms"),
    ("parmi nous", "parmis nous", True, "typo", "parmis is listed as a slip"),
    ("je m'appelle Paul", "je m'appele Paul", True, "typo", "a single l"),
    ("la maison", "la maisson", True, "typo", "a doubled s"),
    ("ma maison", "mon maison", False, "wrong_word", "the possessive agrees"),
    ("je ne sais pas", "je sais pas", False, "missing_word", "the written negation has its ne"),
    ("je ne sais pas", "je ne pas sais", False, "word_order", "pas follows the verb"),
    ("une voiture rouge", "une rouge voiture", False, "word_order", "colours follow the noun"),
    ("je le vois", "je vois le", False, "word_order", "the pronoun stands before the verb"),
    ("parce que", "parceque", False, "wrong_word", "two words are not one"),
    ("il y a du pain", "il y a pain", False, "missing_word", "some bread is du pain"),
    ("je veux appeler", "je veux appeller", True, "typo", "two l for one, listed"),
    ("une classe", "une class", False, "wrong_word", "a lost ending is grammar, English or not"),
    ("un projet", "un project", True, "typo", "an English word is no French one"),
    ("je mange", "je mangeait", False, "wrong_word", "another tense and person"),
    ("il espère", "il espères", False, "wrong_word", "an s is grammar, however rare the form"),
    ("bonne réponse", "bonne réponce", True, "typo", "c for s is not"),
]  # fmt: skip

SIGNS = [
    ("Comment ça va ?", "Comment ça va?", True, "", "the blank before ? is spacing"),
    ("1 000 euros", "1000 euros", True, "", "a blank groups thousands"),
    ("1 000 euros", "1\u202f000 euros", True, "", "a narrow one too"),
    ("1 000 euros", "1 001 euros", False, "wrong_word", "another number is another word"),
    ("Ça va !", "ça va", True, "", "the cedilla keeps its letter in capitals"),
    ("« Bonjour », dit-il", '"Bonjour", dit il', True, "", "marks and hyphens are punctuation"),
    ("Est-ce que tu viens", "Est ce que tu viens", True, "", "a hyphen may be a blank"),
    ("Va-t-il bien", "Va-t'il bien", True, "", "apostrophe or hyphen, a sign between words"),
]  # fmt: skip

ROWS = [*ACCENTS_AND_LETTERS, *APOSTROPHES, *WORDS, *SIGNS]


@pytest.mark.parametrize("row", ROWS, ids=[row[-1] for row in ROWS])
def test_in_french(row: Any, claim_holds: Callable[[str, Any], None]) -> None:
    claim_holds("fr", row)
