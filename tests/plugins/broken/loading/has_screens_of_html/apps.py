from lyceum.plugin.apps import PluginConfig


class HasScreensOfHtmlConfig(PluginConfig):
    name = "plugins.has_screens_of_html"
