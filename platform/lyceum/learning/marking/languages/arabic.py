"""Arabic: vowel marks and tatweel do not count; hamza, alef, final ya and ta marbuta do."""

from lyceum.learning.marking.languages.base import Language, pairs, words

ARABIC = Language(
    code="ar",
    name="Arabic",
    endings=words("ة ات ون ين ان ي ك ه ها هم هن نا كم وا ت ا تم") | {""},
    added=words("ة ي ك نا ها هم ون ين ات"),
    common=3.0,
    slips=words("لاكن هاذا هاذه ذالك شكرن الغة إنشاء انشالله إنشالله اللذي اللذين اللتي لاكنه")
    - words("إنشاء اللذين"),
    variants=pairs(
        """
        التلفزيون=التليفزيون تلفزيون=تليفزيون الكمبيوتر=الكومبيوتر كمبيوتر=كومبيوتر
        شوكولاتة=شكولاتة شوكولاتة=شوكلاتة
        """
    ),
    arabic_script=True,
    thousands="٬",
)
