from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "lyceum.learning"
    label = "learning"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from lyceum.content.facts import gates, reader_facts
        from lyceum.content.files.recordings import recording_uses
        from lyceum.events.consumers import Consumer, consumers, register_consumer
        from lyceum.kernel.privacy import providers
        from lyceum.learning import activity, prerequisites, rollups
        from lyceum.learning.admin.addresses import open_to_staff
        from lyceum.learning.news import declare_news
        from lyceum.learning.permissions import declare_permissions
        from lyceum.learning.policy import check_marking
        from lyceum.learning.privacy import studies
        from lyceum.learning.services.recordings import is_in_an_answer
        from lyceum.schools.plugins.elsewhere import elsewhere, rows_elsewhere
        from lyceum.schools.settings import setting_checks

        declare_news()
        declare_permissions()
        open_to_staff()
        providers.register("learning", studies())
        setting_checks.register("marking", check_marking)
        recording_uses.register("answers", is_in_an_answer)
        reader_facts.register("lessons", prerequisites.tell_of_lessons)
        reader_facts.register("exercises", prerequisites.tell_of_exercises)
        gates.register("prerequisites", prerequisites.stand_before)
        activity.register_own_kinds()
        activity.register_part()
        told = rows_elsewhere(_("entries of activity logs"), activity.of_plugin, "activity")
        elsewhere.register("activity", told)
        consumers.register(
            "activity",
            Consumer(name="activity", types=activity.LoggedTypes(), apply=activity.log_activity),
        )
        register_consumer(rollups.CONSUMER, types=rollups.TYPES, apply=rollups.count)
