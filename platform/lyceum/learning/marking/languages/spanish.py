"""Spanish: ñ is a letter of its own; the acute and ü are accents."""

from lyceum.learning.marking.languages.base import Language, pairs, words

SPANISH = Language(
    code="es",
    name="Spanish",
    letters=frozenset("ñ"),
    endings=words(
        """
        a o e as os es an en n s amos emos imos ado ada ados adas ido ida idos idas ando iendo ar
        er ir aba abas aban ía ías ían ó é í ió aste iste aron ieron aré eré iré áis éis ís
        """
    )
    | {""},
    added=frozenset("s"),
    common=3.1,
    slips=words(
        """
        mientra cuidad aver kiero haiga estava ermano esquela quero bamos valla enserio sinembargo
        cavallo acer cojer llendo conciente inconciente transplante
        """
    ),
    variants=pairs("septiembre=setiembre"),
    words=words("ponido escribido rompido abrido hacido decido morido sabo cabo"),
    fused={"al": "a el", "del": "de el"},
    thousands=".",
)
