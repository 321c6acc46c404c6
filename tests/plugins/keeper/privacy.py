"""The keeper forgets who made a folder."""

from __future__ import annotations

from lyceum.plugin.privacy import UNLINK, Holding, Provider

PRIVACY = Provider(holdings=(Holding("keeper.Folder", "author", UNLINK, told=("name",)),))
