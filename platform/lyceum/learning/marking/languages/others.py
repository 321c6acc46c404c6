"""Languages of which marking knows the alphabet, and little more."""

from lyceum.learning.marking.languages.base import Language, words

SWEDISH = Language(
    code="sv",
    name="Swedish",
    letters=frozenset("åäö"),
    thousands=" ",
    endings=words("a ar or er n en et na arna orna erna t de te r s") | {""},
)

PORTUGUESE = Language(
    code="pt",
    name="Portuguese",
    endings=words(
        """
        a o e as os es am em m s amos emos imos ado ada ados adas ido ida ando endo indo
        ar er ir ava ei ou eu iu
        """
    )
    | {""},
    fused={
        "ao": "a o",
        "à": "a a",
        "do": "de o",
        "da": "de a",
        "dos": "de os",
        "das": "de as",
        "no": "em o",
        "na": "em a",
        "nos": "em os",
        "nas": "em as",
        "pelo": "por o",
        "pela": "por a",
    },
    thousands=".",
)

ITALIAN = Language(
    code="it",
    name="Italian",
    endings=words("a o e i are ere ire ato ata ati ate ano ono iamo ate ete ite") | {""},
    fused={
        "al": "a il",
        "del": "di il",
        "della": "di la",
        "dei": "di i",
        "nel": "in il",
        "nella": "in la",
        "sul": "su il",
        "sulla": "su la",
        "dal": "da il",
    },
    elisions=words("l un d c s m t dell all nell dall sull quell bell sant"),
    thousands=".",
)

CATALAN = Language(code="ca", name="Catalan", letters=frozenset("ç"), elisions=words("l d m t s n"))
DUTCH = Language(code="nl", name="Dutch", thousands=".")
DANISH = Language(code="da", name="Danish", letters=frozenset("åæø"), thousands=".")
NORWEGIAN = Language(code="nb", name="Norwegian", thousands=" ", letters=frozenset("åæø"))
FINNISH = Language(code="fi", name="Finnish", thousands=" ", letters=frozenset("åäö"))
ICELANDIC = Language(code="is", name="Icelandic", letters=frozenset("áéíóúýöæðþ"))
POLISH = Language(code="pl", name="Polish", thousands=" ", letters=frozenset("ąćęłńóśźż"))
CZECH = Language(code="cs", name="Czech", thousands=" ", letters=frozenset("čřšž"))
SLOVAK = Language(code="sk", name="Slovak", letters=frozenset("äčľšžô"))
HUNGARIAN = Language(code="hu", name="Hungarian", letters=frozenset("áéíóöőúüű"))
ROMANIAN = Language(code="ro", name="Romanian", letters=frozenset("ăâîșşțţ"))
CROATIAN = Language(code="sh", name="Croatian", letters=frozenset("čćđšž"))
RUSSIAN = Language(code="ru", name="Russian", thousands=" ", letters=frozenset("й"))
UKRAINIAN = Language(code="uk", name="Ukrainian", thousands=" ", letters=frozenset("йїґ"))
AZERBAIJANI = Language(code="az", name="Azerbaijani", letters=frozenset("çğıöşüə"), dotless_i=True)
PERSIAN = Language(code="fa", name="Persian", arabic_script=True)
URDU = Language(code="ur", name="Urdu", arabic_script=True)

OTHERS = (
    SWEDISH, PORTUGUESE, ITALIAN, CATALAN, DUTCH, DANISH, NORWEGIAN, FINNISH, ICELANDIC, POLISH,
    CZECH, SLOVAK, HUNGARIAN, ROMANIAN, CROATIAN, RUSSIAN, UKRAINIAN, AZERBAIJANI, PERSIAN, URDU,
)  # fmt: skip
