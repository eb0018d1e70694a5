"""The process that streams, for another server than `crossforce serve`: an ASGI application.

It refuses to start without its guard. Such as `uvicorn crossforce.config.streaming:application`.
"""

import os

import django
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crossforce.config.settings")
django.setup()

from crossforce.kernel import serving  # noqa: E402 - settings first
from crossforce.kernel.live.stream import Application  # noqa: E402

application = Application()
serving.refuse_unguarded()
connections.close_all()
