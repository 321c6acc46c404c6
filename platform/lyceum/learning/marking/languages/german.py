"""German: ä ö ü are letters, also typed ae oe ue; ß and ss are one."""

from lyceum.learning.marking.languages.base import Language, pairs, words

GERMAN = Language(
    code="de",
    name="German",
    letters=frozenset("äöü"),
    typed={"ä": "ae", "ö": "oe", "ü": "ue"},
    endings=words("e en em er es n s t st te ten tet test est et ere eren erer eres erem") | {""},
    common=3.2,
    slips=words(
        """
        bischen program packet vieleicht villeicht standart nähmlich wärend jetz gradeaus garnicht
        aufjedenfall schuhle spatzieren orginal addresse entgültig seperat vorraus vorraussetzung
        wiederspruch intressant interesant ausversehen kaffe
        agressiv brilliant erlich exclusiv jedenfall kaput letzen schwartz sympatisch tips
        warscheinlich wiedersehn
        """
    ),
    variants=pairs("tschüss=tschüs fantasie=phantasie"),
    words=words("gegeht gegehen getrinkt gefahrt geschlaft geesst gebringt geschreibt kirsche"),
    thousands=".",
)
