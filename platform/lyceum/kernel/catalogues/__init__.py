"""Catalogues of translations: what there is to translate, as gettext's files, made in Python."""
