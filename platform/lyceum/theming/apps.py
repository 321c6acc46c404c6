from django.apps import AppConfig


class ThemingConfig(AppConfig):
    name = "lyceum.theming"
    label = "theming"

    def ready(self) -> None:
        from lyceum.schools.settings import setting_checks
        from lyceum.theming.looks import check_look, themes

        themes.read()
        setting_checks.register("look", check_look)
