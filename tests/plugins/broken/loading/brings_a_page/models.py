from lyceum.plugin.pages import BasePage


class Leaflet(BasePage):
    """A page that no school asked for."""
