"""Settings. Values that differ between installations come from the environment (docs/settings.md)."""

from pathlib import Path

from crossforce.config import environment, sign_in, static_headers
from crossforce.config.floors import FLOORS
from crossforce.config.sign_in import *  # noqa: F403
from crossforce.kernel import keys, postgres

PACKAGE = Path(__file__).parents[1]
PROJECT = environment.home(PACKAGE)
VAR = environment.data_folder(PROJECT)

DEMONSTRATION = environment.flag("CROSSFORCE_DEMONSTRATION", default=False)
DEBUG = environment.flag("CROSSFORCE_DEBUG", default=False)
ALLOWED_HOSTS = environment.words("CROSSFORCE_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = environment.words("CROSSFORCE_ORIGINS")
BEHIND_TLS = environment.flag("CROSSFORCE_TLS", default=False)

KEYS = keys.KeyStore(Path(environment.text("CROSSFORCE_KEYS") or VAR / "keys").absolute())
SECRET_KEY = KEYS.text("django")
SECRET_KEY_FALLBACKS = KEYS.earlier_texts("django")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "pgtrigger",
    "pghistory",
    "ninja",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    *(f"crossforce.{name}" for name in FLOORS),
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "crossforce.kernel.web.middleware.FrameMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "crossforce.people.signin.middleware.ActingMiddleware",
    "crossforce.kernel.web.replicas.ReplicaMiddleware",
    "crossforce.kernel.web.middleware.DoorMiddleware",
]

ROOT_URLCONF = "crossforce.config.urls"
WSGI_APPLICATION = "crossforce.config.wsgi.application"

CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]

FILE_UPLOAD_HANDLERS = [
    "crossforce.kernel.web.uploads.InMemory",
    "crossforce.kernel.web.uploads.OnDisk",
]
DATA_UPLOAD_MAX_NUMBER_FILES = (
    4  # no form has more; what they may add up to: kernel.web.uploads
)

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / name / "templates" for name in reversed(FLOORS)],
        "APP_DIRS": False,
        "NAME": "jinja2",
        "OPTIONS": {
            "environment": "crossforce.kernel.web.jinja.environment",
            "context_processors": ["crossforce.kernel.web.frame.context"],
        },
    },
    {  # for the letters of allauth
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": CONTEXT_PROCESSORS},
    },
]

DATABASE = postgres.plan(VAR, KEYS)
DATABASES = {"default": DATABASE.application_settings()}
DIRECT_DATABASE = postgres.direct()
REPLICA_DATABASE = postgres.replica(DATABASE)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "/account/login/"
LOGIN_REDIRECT_URL = "/account/posting/"
HOME_URL = "/"

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS: list[Path] = []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "crossforce.kernel.assets.Assets"},
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_ADD_HEADERS_FUNCTION = static_headers.add
MEDIA_ROOT = VAR / "files"
OBJECT_STORE_URL = environment.text("OBJECT_STORE_URL")
OBJECT_STORE_COPY_URL = environment.text("OBJECT_STORE_COPY_URL")
FIXITY_DAYS = max(int(environment.text("CROSSFORCE_FIXITY_DAYS", "30")), 1)

SESSION_ENGINE = "crossforce.kernel.web.sessions"
SESSION_COOKIE_NAME = "crossforce_session"
SESSION_COOKIE_AGE = 1800  # seconds without use until a session ends
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "crossforce_form"
CSRF_FAILURE_VIEW = "crossforce.kernel.web.refusals.form_out_of_date"
CSRF_COOKIE_SECURE = BEHIND_TLS
CSRF_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_TLS)  # tries are counted by the address that it names
SECURE_REFERRER_POLICY = "same-origin"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
ACTING_BAR = "crossforce.people.signin.acting.bar"
LIVE_WATCHERS = "crossforce.people.signin.watching"
LIVE_PORT = int(
    environment.text("CROSSFORCE_LIVE_PORT", "0")
)  # 0: `crossforce serve` finds one
LIVE_PATH = environment.text("CROSSFORCE_LIVE_PATH")
POSTING_URL = "/account/posting/"

LINKS_CLUSTER = environment.text("CROSSFORCE_LINKS_CLUSTER")
DUTY_FOLDERS = Path(environment.text("CROSSFORCE_DUTY_FOLDERS") or VAR / "duty-folders.toml")
EVIDENCE_DOCKS = Path(
    environment.text("CROSSFORCE_EVIDENCE_DOCKS") or VAR / "evidence-docks.toml"
)
FINANCE_NIGHTLY = environment.words(
    "CROSSFORCE_FINANCE_NIGHTLY",
    "finance-avon-and-somerset, programme-wales" if DEMONSTRATION else "",
)
IDENTITY_PROVIDERS = sign_in.identity_providers(sign_in.providers_file(VAR))
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [sign_in.application(row) for row in IDENTITY_PROVIDERS],
    }
}
FORM_TARGETS = [sign_in.origin(row["issuer"]) for row in IDENTITY_PROVIDERS]
SECOND_FACTOR_REQUIRED = environment.flag("CROSSFORCE_SECOND_FACTOR", default=not DEMONSTRATION)
CACHES = {
    "default": {
        "BACKEND": "crossforce.kernel.cache.TableCache",
    }
}

EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django.request": {"level": "ERROR"},  # a page not found is no event
        "django.security.DisallowedHost": {
            "level": "CRITICAL"
        },  # nor is a stranger's host name
    },
}
