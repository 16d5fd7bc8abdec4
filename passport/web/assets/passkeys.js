// Passkeys: asks the device when the form's button is pressed, and sends what it answers with the
// form. The sentences for what can go wrong stand in the page, on the form.

const form = document.querySelector("[data-passkey]");
const WORDS = {
  AbortError: "cancelled",
  ConstraintError: "noPrf",
  InvalidStateError: "already",
  NotAllowedError: "cancelled",
  NotSupportedError: "noPrf",
};

class Problem extends Error {}

if (form && window.PublicKeyCredential) {
  form.hidden = false;
  document.querySelectorAll("[data-with-passkeys]").forEach((part) => (part.hidden = false));
  document.querySelectorAll("[data-without-passkeys]").forEach((part) => (part.hidden = true));
  form.addEventListener("submit", onSubmit);
}

async function onSubmit(event) {
  event.preventDefault();
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  document.querySelector("[data-passkey-problem]").hidden = true;
  try {
    const options = await optionsFromServer();
    if (options) await askDevice(options);
    // Sent without an answer, it comes back from the server with what is wrong.
    form.submit();
  } catch (error) {
    show(error instanceof Problem ? error.message : form.dataset[WORDS[error.name] ?? "cancelled"]);
  } finally {
    form.ariaBusy = "false";
  }
}

// The options, or null if the server wants something else first, such as a sign-in.
async function optionsFromServer() {
  const answer = await fetch(form.dataset.options, { method: "POST", body: new FormData(form) });
  const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
  const body = isJson ? await answer.json() : null;
  if (body?.problem) throw new Problem(body.problem);
  return answer.ok ? body : null;
}

async function askDevice(options) {
  const isNew = form.dataset.passkey === "create";
  if (await isWithoutPrf()) throw new Problem(form.dataset.noPrf);
  const credential = isNew ? await create(options) : await get(options);
  const prf = isNew ? await prfOfNew(credential, options) : prfOf(credential);
  if (!prf) throw new Problem(form.dataset.noPrf);
  fill("credential", JSON.stringify(plain(credential)));
  fill("prf", text(prf));
}

// Only what the browser says for sure: many can't tell before the device is asked.
async function isWithoutPrf() {
  const can = await PublicKeyCredential.getClientCapabilities?.();
  return can?.["extension:prf"] === false;
}

function create(options) {
  const { challenge, user, excludeCredentials } = options;
  return navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytes(challenge),
      user: { ...user, id: bytes(user.id) },
      excludeCredentials: excludeCredentials.map((one) => ({ ...one, id: bytes(one.id) })),
      extensions: extensions(options),
    },
  });
}

function get(options) {
  return navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      allowCredentials: [],
      extensions: extensions(options),
    },
  });
}

// Some devices give the output at once, others only when the new passkey is used.
async function prfOfNew(credential, options) {
  let output = prfOf(credential);
  try {
    if (!output && credential.getClientExtensionResults().prf?.enabled) {
      output = prfOf(await use(credential, options));
    }
  } finally {
    if (!output) await forget(credential, options);
  }
  return output;
}

function use(credential, options) {
  return navigator.credentials.get({
    publicKey: {
      challenge: crypto.getRandomValues(new Uint8Array(32)),
      rpId: options.rp.id,
      allowCredentials: [{ type: "public-key", id: credential.rawId }],
      userVerification: "required",
      extensions: extensions(options),
    },
  });
}

function prfOf(credential) {
  return credential.getClientExtensionResults().prf?.results?.first;
}

// Tells the device that this passkey opens nothing, so that it does not offer it.
async function forget(credential, options) {
  const which = { rpId: options.rp.id, credentialId: credential.id };
  await PublicKeyCredential.signalUnknownCredential?.(which)?.catch(() => {});
}

function extensions(options) {
  return { prf: { eval: { first: bytes(options.extensions.prf.eval.first) } } };
}

function plain({ id, rawId, type, response }) {
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature"];
  const given = parts.filter((part) => response[part]);
  return {
    id,
    rawId: text(rawId),
    type,
    response: Object.fromEntries(given.map((part) => [part, text(response[part])])),
  };
}

function fill(name, value) {
  const field = form.elements[name] ?? document.createElement("input");
  Object.assign(field, { type: "hidden", name, value, autocomplete: "off" });
  form.append(field);
}

function show(words) {
  const problem = document.querySelector("[data-passkey-problem]");
  problem.querySelector("p").textContent = words;
  problem.hidden = false;
  problem.focus();
}

function bytes(base64url) {
  const plainText = base64url.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(plainText), (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte));
  return btoa(letters.join("")).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
