// A browser app that signs people in: oidc-client-ts, its defaults. `npm start` puts in ISSUER and CLIENT_ID; PORT.
import { UserManager } from "oidc-client-ts";

const manager = new UserManager({
  authority: ISSUER,
  client_id: CLIENT_ID,
  redirect_uri: `${location.origin}/callback`,
  post_logout_redirect_uri: `${location.origin}/signed-out`,
  scope: "openid profile email offline_access",
});

function show(tag, id, textContent, onclick) {
  document.body.append(Object.assign(document.createElement(tag), { id, textContent, onclick }));
}

async function start() {
  if (location.pathname === "/signed-out") return show("p", "signed-out", "Signed out");
  if (location.pathname === "/callback") {
    await manager.signinCallback();
    history.replaceState(null, "", "/");
  }
  const user = await manager.getUser();
  if (!user || user.expired) return manager.signinRedirect();
  show("p", "person", `${user.profile.name} (${user.profile.email})`);
  show("button", "sign-out", "Sign out", () => manager.signoutRedirect());
}

start().catch((error) => show("p", "error", error.message));
