// Conveniences only: every page is complete without this file.
"use strict";
const button = (label) => {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  return made;
};

// Show or hide a password. It is hidden again before it is sent, so that browsers treat it as a password.
for (const input of document.querySelectorAll("input[data-reveal]")) {
  const { reveal, revealLabel, hide, hideLabel } = input.dataset;
  const toggle = button(reveal);
  const set = (shown) => {
    input.type = shown ? "text" : "password";
    toggle.textContent = shown ? hide : reveal;
    toggle.setAttribute("aria-label", shown ? hideLabel : revealLabel);
  };
  toggle.className = "reveal";
  toggle.setAttribute("aria-controls", input.id);
  toggle.addEventListener("click", () => set(input.type === "password"));
  input.form.addEventListener("submit", () => set(false));
  const group = document.createElement("div");
  group.className = "reveal-group";
  input.replaceWith(group);
  group.append(input, toggle);
  set(false);
  if (input.autofocus) input.focus();
}

// How a new password would be judged, told while it is typed. Where the realm doesn't answer, nothing is told.
for (const input of document.querySelectorAll("[data-advice]")) {
  const told = document.createElement("p");
  told.id = "password-advice";
  told.className = "advice";
  told.setAttribute("aria-live", "polite");
  (input.closest(".reveal-group") ?? input).after(told);
  let timer;
  const ask = async (password) => {
    const body = new URLSearchParams({ password, language: document.documentElement.lang });
    for (const name of ["csrf", "email", "name"]) body.set(name, input.form.elements[name]?.value ?? "");
    const answer = await fetch(input.dataset.advice, { method: "POST", body }).catch(() => ({}));
    if (!answer.ok || input.value !== password) return;
    const { strength, text } = await answer.json();
    told.dataset.strength = strength;
    told.textContent = text;
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    if (input.value.length > 5) timer = setTimeout(ask, 400, input.value);
    else told.textContent = "";
  });
}

// Copy the recovery codes.
for (const list of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  const copy = button(list.dataset.copy);
  copy.className = "secondary copy";
  copy.addEventListener("click", async () => {
    const lines = Array.from(list.querySelectorAll("code"), (code) => code.textContent);
    await navigator.clipboard.writeText(lines.join("\n"));
    copy.textContent = list.dataset.copied;
  });
  list.after(copy);
}

// Passkeys. The form is shown only where the browser has them; the realm's options are base64url where the browser
// wants bytes.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const ids = (list) => (list || []).map((known) => ({ ...known, id: bytes(known.id) }));
const answer = ({ id, rawId, type, response }) => JSON.stringify({
  id, rawId: text(rawId), type, extensions: {},
  response: {
    clientDataJSON: text(response.clientDataJSON),
    ...(response.attestationObject
      ? {
          attestationObject: text(response.attestationObject),
          authenticatorData: response.getAuthenticatorData && text(response.getAuthenticatorData()),
          transports: response.getTransports ? response.getTransports() : [],
        }
      : {
          authenticatorData: text(response.authenticatorData),
          signature: text(response.signature),
          userHandle: response.userHandle && text(response.userHandle),
        }),
  },
});
const passkey = async (form) => {
  const creates = form.dataset.passkey === "create";
  const failed = form.querySelector("[data-failed]");
  const field = !creates && document.querySelector("input[autocomplete~=webauthn]");
  const offers = field && (await PublicKeyCredential.isConditionalMediationAvailable?.());
  let loaded = Date.now();
  let waiting;
  // A ceremony lives for five minutes: an older page takes a fresh one, and nobody notices. Whether there is one.
  const isOld = () => Date.now() - loaded > 240000;
  const renew = async () => {
    if (!isOld()) return true;
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    const fresh = page.querySelector(`form[data-passkey=${form.dataset.passkey}]`);
    if (!fresh) return false;
    form.dataset.options = fresh.dataset.options;
    for (const name of ["csrf", "ceremony"]) form.elements[name].value = fresh.elements[name].value;
    loaded = Date.now();
    return true;
  };
  const ask = async (mediation) => {
    waiting?.control.abort();
    const control = new AbortController();
    waiting = { control, mediation };
    await renew().catch(() => false);
    const options = JSON.parse(form.dataset.options);
    const publicKey = {
      ...options,
      challenge: bytes(options.challenge),
      allowCredentials: ids(options.allowCredentials),
      excludeCredentials: ids(options.excludeCredentials),
      ...(creates && { user: { ...options.user, id: bytes(options.user.id) } }),
    };
    const request = { publicKey, signal: control.signal, ...(mediation && { mediation }) };
    const { credentials } = navigator;
    const made = creates ? await credentials.create(request) : await credentials.get(request);
    form.elements.credential.value = answer(made);
    if (document.getElementById("trust")?.checked) form.elements.trust.value = "yes";
    form.submit();
  };
  // what the browser offers in the field
  const offer = () => {
    if (offers) ask("conditional").catch(() => {});
  };
  // a browser that makes one by itself is asked once and not for long; then the person goes on
  const quiet = form.closest("[data-quiet]")?.dataset.quiet;
  if (quiet) {
    setTimeout(() => waiting?.control.abort(), 1500);
    ask("conditional").catch(() => location.replace(quiet));
    return;
  }
  form.hidden = false;
  document.querySelector("[data-no-passkey]")?.remove();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    failed.hidden = true;
    ask().catch((error) => {
      if (error.name === "AbortError") return;
      failed.textContent = error.name === "InvalidStateError" ? failed.dataset.known : failed.dataset.failed;
      failed.hidden = false;
      offer();
    });
  });
  offer();
  // not while a dialog is open, and not for ever: the page of a request that is over has no ceremony
  const timer = offers && setInterval(async () => {
    if (!isOld() || !waiting?.mediation) return;
    if (await renew().catch(() => false)) offer();
    else clearInterval(timer);
  }, 10000);
};
if (window.PublicKeyCredential) {
  for (const way of document.querySelectorAll("[data-way]")) {
    way.hidden = false;
    const chosen = way.querySelector("button");
    const { form } = chosen;
    const others = [...form.elements].filter((input) => input.id !== "password");
    chosen.addEventListener("click", () => {
      if (!others.every((input) => input.reportValidity())) return;
      form.elements.password.value = "";
      form.elements.way.value = way.dataset.way;
      form.submit();
    });
    form.addEventListener("submit", () => (form.elements.way.value = ""));
  }
  // What the browser can do, for the offer of a passkey after a password.
  const offer = document.querySelector("input[name=offer]");
  const ability = async () => {
    if ((await PublicKeyCredential.getClientCapabilities?.())?.conditionalCreate) return "passkey-quiet";
    return (await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable()) ? "passkey" : "";
  };
  if (offer) ability().then((can) => (offer.value = can)).catch(() => {});
  for (const form of document.querySelectorAll("form[data-passkey]")) passkey(form).catch(() => {});
  // Tell the browser which passkeys it need not offer any more, and what to show beside the others. Realms on one machine share the name localhost, and
  // must not take each other's away.
  const rpId = location.hostname;
  const tell = async (signal, known) => {
    if (known && rpId !== "localhost") await PublicKeyCredential[signal]?.({ rpId, ...known });
  };
  const credentialId = document.querySelector("[data-unknown-passkey]")?.dataset.unknownPasskey;
  const accepted = document.querySelector("[data-accepted-passkeys]")?.dataset.acceptedPasskeys;
  const details = document.querySelector("[data-user-details]")?.dataset.userDetails;
  tell("signalUnknownCredential", credentialId && { credentialId }).catch(() => {});
  tell("signalAllAcceptedCredentials", accepted && JSON.parse(accepted)).catch(() => {});
  tell("signalCurrentUserDetails", details && JSON.parse(details)).catch(() => {});
}
