"""The entrance of the web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "deploy.settings.local")
# A request's query that takes this long will not get better: it gives its thread back. Commands and
# the worker may take their time.
os.environ.setdefault("LYCEUM_DB_STATEMENT_SECONDS", "30")
application = get_wsgi_application()

from lyceum.http.draining import draining  # noqa: E402  # once Django is set up

draining.arm()
