// A web app that signs people in: Node with openid-client, its defaults. ISSUER, CLIENT_ID, CLIENT_SECRET, PORT.
import http from "node:http";
import { randomUUID } from "node:crypto";
import * as oidc from "openid-client";

const { ISSUER, CLIENT_ID, CLIENT_SECRET, PORT = "8080" } = process.env;
const home = `http://127.0.0.1:${PORT}`;
const insecure = ISSUER.startsWith("http:") ? { execute: [oidc.allowInsecureRequests] } : undefined; // loopback only
const config = await oidc.discovery(new URL(ISSUER), CLIENT_ID, CLIENT_SECRET, undefined, insecure);
const sessions = new Map(); // session id → what the app remembers of this browser

http.createServer(async (request, response) => {
  const redirect = (url, headers) => response.writeHead(303, { Location: url, ...headers }).end();
  const url = new URL(request.url, home);
  const id = request.headers.cookie?.match(/app=([\w-]+)/)?.[1];
  const session = sessions.get(id);
  try {
    if (url.pathname === "/callback" && session) {
      const tokens = await oidc.authorizationCodeGrant(config, url, {
        pkceCodeVerifier: session.verifier, expectedState: session.state });
      sessions.set(id, { idToken: tokens.id_token, claims: tokens.claims() });
      return redirect("/");
    }
    if (url.pathname === "/sign-out" && session) {
      sessions.delete(id);
      return redirect(oidc.buildEndSessionUrl(config, {
        id_token_hint: session.idToken, post_logout_redirect_uri: `${home}/signed-out` }));
    }
    if (url.pathname === "/signed-out") return response.end("Signed out");
    response.setHeader("Content-Type", "text/plain; charset=utf-8");
    if (session?.claims) return response.end(`${session.claims.name} (${session.claims.email})`);
    const attempt = { verifier: oidc.randomPKCECodeVerifier(), state: oidc.randomState() }, fresh = randomUUID();
    sessions.set(fresh, attempt);
    redirect(oidc.buildAuthorizationUrl(config, {
      redirect_uri: `${home}/callback`, scope: "openid profile email", state: attempt.state, code_challenge_method: "S256",
      code_challenge: await oidc.calculatePKCECodeChallenge(attempt.verifier),
    }), { "Set-Cookie": `app=${fresh}; HttpOnly; SameSite=Lax; Path=/` });
  } catch (error) { response.writeHead(500).end(String(error)); }
}).listen(Number(PORT), "127.0.0.1");
