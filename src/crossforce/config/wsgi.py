"""The web process, for another server than `crossforce serve`: it refuses to start without its guard."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connections

from crossforce.kernel import serving

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crossforce.config.settings")
application = get_wsgi_application()
serving.refuse_unguarded()
connections.close_all()
