"""A web app that signs people in: Flask with Authlib, its defaults. ISSUER, CLIENT_ID, CLIENT_SECRET, PORT."""
import os
import secrets
from urllib.parse import urlencode

from authlib.integrations.flask_client import OAuth
from flask import Flask, redirect, session

port = int(os.environ.get("PORT", "8080"))
home = f"http://127.0.0.1:{port}"
app = Flask(__name__)
app.secret_key = secrets.token_bytes(32)
realm = OAuth(app).register(
    "realm", client_id=os.environ["CLIENT_ID"], client_secret=os.environ["CLIENT_SECRET"],
    server_metadata_url=os.environ["ISSUER"] + "/.well-known/openid-configuration",
    client_kwargs={"scope": "openid profile email"})

@app.get("/")
def person():
    if "person" not in session:
        return realm.authorize_redirect(f"{home}/callback")
    return "{name} ({email})".format(**session["person"]), {"Content-Type": "text/plain; charset=utf-8"}

@app.get("/callback")
def callback():
    token = realm.authorize_access_token()
    session.update(person=token["userinfo"], id_token=token["id_token"])
    return redirect("/")

@app.get("/sign-out")
def sign_out():
    hint = {"id_token_hint": session.pop("id_token", ""), "post_logout_redirect_uri": f"{home}/signed-out"}
    session.clear()
    return redirect(realm.load_server_metadata()["end_session_endpoint"] + "?" + urlencode(hint))

@app.get("/signed-out")
def signed_out():
    return "Signed out"

app.run("127.0.0.1", port)
