"""Turkish: ç ğ ı ö ş ü are letters, I is the capital of ı and İ that of i."""

from lyceum.learning.marking.languages.base import Language, pairs, words

TURKISH = Language(
    code="tr",
    name="Turkish",
    letters=frozenset("çğöşüı"),
    endings=words(
        """
        a e ı i u ü ya ye yı yi yu yü na ne nı ni nu nü da de ta te nda nde dan den tan ten ndan
        nden ın in un ün nın nin nun nün la le yla yle lar ler ım im um üm m n sı si su sü mız miz
        muz müz ımız imiz umuz ümüz ınız iniz unuz ünüz larım lerim ları leri lara lere larda
        lerde lardan lerden sın sin sun sün ız iz uz üz yım yim yum yüm yız yiz yuz yüz dı di du
        dü tı ti tu tü dım dim dum düm dın din dun dün k ca ce lı li lu lü sız siz suz süz cı ci
        cu cü
        """
    )
    | {""},
    variants=pairs("meyve=meyva nereden=nerden oradan=ordan burada=burda şurada=şurda"),
    harmony=True,
    common=3.0,
    slips=words(
        """
        herkez herkezin yanlız yalnış meraba teşekür teşekürler geliyo gidiyo yapıyo biliyo bişey
        birşey herşey hiçbirşey makina orjinal süpriz kirbit ünüversite bende sende eşşek kapora
        kılavuz egzos supriz tişört klavuz şöför insiyatif sarmısak
        restorant pantalon olucak olcak heralde felan çünki tesbit acaip yanlızca müdahele içersinde
        müsade laboratuar fantazi antreman entellektüel motorsiklet dinazor beyfendi lokomotiv
        konteynır inşaallah
        """
    )
    - words("bende sende kılavuz tişört kapora"),
    dotless_i=True,
    thousands=".",
)
