"""French: all marks are accents, œ is oe, and l’ is a word of its own that never means le."""

from lyceum.learning.marking.languages.base import Language, words

FRENCH = Language(
    code="fr",
    name="French",
    same={"œ": "oe", "æ": "ae"},
    endings=words(
        """
        e s es x nt ent er ez é ée és ées ai as a ons ont ais ait aient ions iez is it ir u ue us
        ues
        """
    )
    | {""},
    added=frozenset("s"),
    common=3.2,
    thousands=" ",
    slips=words(
        """
        jamai plusieur ailleur quatres parmis malgrés rapelle rapeler appele toujour beaucoups
        language aparemment dailleurs biensur bienvenu bonjoure quelquechose sava apeler aporter
        appeller appellez assoir comfort courier débarasser discution existance
        millieu millionaire mourrir occurence rappeller renouveller résonnance tranquilité
        ennemie
        """
    )
    - {"bienvenu", "ennemie"},
    words=words("chevals journals animals travails allé-je prendu mouru ouvri offri li-je"),
    fused={"au": "à le", "aux": "à les", "du": "de le", "des": "de les"},
    elisions=words("l d j m t s c n qu jusqu lorsqu puisqu quoiqu"),
    without_apostrophe=words(
        """
        la ma ta sa mes tes ses ces les des dune lune laide lavis dans sont lit lin lire lest nait
        naît danger sage tant
        """
    ),
)
