"""Settings of the tests: the same, on a database server and keys of their own."""

import os
from pathlib import Path

PROJECT_ROOT = Path(__file__).parents[3]
os.environ.setdefault("CROSSFORCE_VAR", str(PROJECT_ROOT / "var" / "test"))
os.environ.setdefault("CROSSFORCE_PG_FAST", "1")
os.environ.setdefault("CROSSFORCE_DEMONSTRATION", "1")

from crossforce.config.settings import *  # noqa: E402, F403
from crossforce.config.settings import DATABASES, STATIC_ROOT  # noqa: E402

DATABASES["default"]["TEST"] = {"NAME": os.environ.get("CROSSFORCE_TEST_DB", "test_crossforce")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
