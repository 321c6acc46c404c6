"""Why a plugin cannot be switched, set up or used."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from lyceum.kernel.errors import Conflict, NotFound


class NoSuchPlugin(NotFound):
    """There is no plugin of that slug here. `GET /api/v1/plugins` lists those there are."""

    code = "not_found"
    detail = _("There is no such plugin.")


class PluginNotReady(Conflict):
    """
    The plugin is there, and cannot run on this instance.

    `GET /api/v1/plugins` says why, and what the operator has to do.
    """

    code = "plugin_not_ready"
    detail = _("This plugin cannot run here at the moment.")


class RequirementMissing(Conflict):
    """
    The plugin requires others that are not in force in this school.

    `errors.requires` names them, with the versions that will do. Switch those on first.
    """

    code = "requirement_missing"
    detail = _("Other plugins must be switched on first.")


class RequiredBy(Conflict):
    """
    Other plugins that are on in this school require this one.

    `errors.required_by` names them. Switch those off first.
    """

    code = "required_by"
    detail = _("Other plugins of this school need this one.")


class NoSettings(NotFound):
    """The plugin has nothing that a school could set."""

    code = "no_settings"
    detail = _("This plugin has no settings.")


class NotSetUp(Conflict):
    """
    The plugin's settings are missing, or what was saved does not fit its present version.

    `errors` names the fields. `PUT /api/v1/plugins/{slug}/settings` sets them.
    """

    code = "plugin_not_set_up"
    detail = _("This plugin must be set up first.")
