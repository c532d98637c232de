"""A web app that signs people in: Django with django-allauth. ISSUER, CLIENT_ID, CLIENT_SECRET, PORT."""
import os
import secrets

import django
from django.conf import settings
from django.core.management import call_command

realm = {"provider_id": "realm", "name": "Realm", "client_id": os.environ["CLIENT_ID"],
         "secret": os.environ["CLIENT_SECRET"], "settings": {"server_url": os.environ["ISSUER"]}}
settings.configure(
    SECRET_KEY=secrets.token_urlsafe(), ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, LOGIN_REDIRECT_URL="/",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "app.sqlite3"}},
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.messages",
                    "django.contrib.sessions", "allauth", "allauth.account", "allauth.socialaccount",
                    "allauth.socialaccount.providers.openid_connect"],
    MIDDLEWARE=["django.contrib.sessions.middleware.SessionMiddleware", "django.middleware.csrf.CsrfViewMiddleware",
                "django.contrib.auth.middleware.AuthenticationMiddleware",
                "django.contrib.messages.middleware.MessageMiddleware", "allauth.account.middleware.AccountMiddleware"],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True,
                "OPTIONS": {"context_processors": ["django.template.context_processors.request"]}}],
    ACCOUNT_EMAIL_VERIFICATION="none",  # this app sends no mail
    SOCIALACCOUNT_PROVIDERS={"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [realm]}},
)
django.setup()

from django.contrib.auth.decorators import login_required  # noqa: E402: they want the settings
from django.http import HttpResponse  # noqa: E402
from django.urls import include, path  # noqa: E402

@login_required(login_url="/accounts/oidc/realm/login/")
def person(request):
    return HttpResponse(f"{request.user.get_full_name()} ({request.user.email})", content_type="text/plain")

urlpatterns = [path("", person), path("accounts/", include("allauth.urls"))]
call_command("migrate", verbosity=0)
call_command("runserver", f"127.0.0.1:{os.environ.get('PORT', '8080')}", use_reloader=False)
