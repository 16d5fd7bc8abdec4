// A thank-you finds the device that answered: by a secret that this device makes and keeps, under
// a hash of the share's address, so that what is kept here opens nothing and names nobody.
import { jsonFrom } from "../link/base64url.js";
import { unseal } from "../link/unseal.js";
import { textOf } from "../story/fhir.js";
import { postJson } from "./reply.js";

const STORED_AS = "story-passport-thanks";
const MOST_KEPT = 50;
const LARGEST_ANSWER = 100_000;

// The hash of the secret for this share's thank-yous, made when first asked for; undefined where
// the browser keeps nothing.
export async function thanksTo(link) {
  const name = await hashOf(link.url.href);
  const secret = kept()[name] ?? random();
  return keep({ ...kept(), [name]: secret }) ? hashOf(secret) : undefined;
}

// The thank-yous that wait for this device, each told once. Asks nobody if none can be there.
export async function fetchThanks({ context, address }) {
  try {
    const name = await hashOf(context.link.url.href);
    const { [name]: secret, ...others } = kept();
    if (!secret) return [];
    const answer = jsonFrom(await postJson(new URL("thanks", address.url), { secret }, LARGEST_ANSWER));
    const opened = await Promise.all(answer.thanks.map((jwe) => unseal(jwe, context.link.usable)));
    if (opened.length) keep(others);
    return opened.map(({ words }) => textOf(words)).filter(Boolean);
  } catch {
    // The story is what matters; they are there the next time.
    return [];
  }
}

export const random = () => encoded(crypto.getRandomValues(new Uint8Array(32)));

async function hashOf(text) {
  return encoded(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))));
}

const encoded = (bytes) =>
  btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");

function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(STORED_AS));
    return typeof found === "object" && found ? found : {};
  } catch {
    return {};
  }
}

function keep(secrets) {
  try {
    const newest = Object.entries(secrets).slice(-MOST_KEPT);
    localStorage.setItem(STORED_AS, JSON.stringify(Object.fromEntries(newest)));
    return true;
  } catch {
    return false;
  }
}
