"""A mail server in the working directory: port PORT speaks STARTTLS, the next one TLS from the first byte. It takes mail
from the user `realm` with the password `may-send` only, writes each mail into `received`, and refuses readers as asked:
`refused@…` for good, `later@…` for now."""

import os
import ssl
import sys
import time

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword


class Reception:
    count = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("refused@"):
            return "550 5.1.1 no such reader " + address
        if address.startswith("later@"):
            return "451 4.3.0 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        Reception.count += 1
        name = "received/%06d" % Reception.count
        with open(name + ".part", "wb") as mail:
            mail.write(envelope.content)
        os.rename(name + ".part", name + ".eml")
        return "250 OK"


def check(server, session, envelope, mechanism, data):
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (b"realm", b"may-send")
    return AuthResult(success=right, handled=False)


os.makedirs("received", exist_ok=True)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain("tls.pem", "tls.key")
port = int(sys.argv[1])
common = dict(hostname="127.0.0.1", authenticator=check, auth_required=True)
Controller(Reception(), port=port, tls_context=context, require_starttls=True, **common).start()
Controller(Reception(), port=port + 1, ssl_context=context, auth_require_tls=False, **common).start()
print("ready", flush=True)
while True:
    time.sleep(3600)
