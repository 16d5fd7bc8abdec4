// Asks the service that a link names what is behind it.
import { ask } from "./ask.js";
import { canInflate } from "./can_inflate.js";
import { jsonFrom } from "./base64url.js";
import { Refusal } from "./refusal.js";

// The largest file that is opened.
export const LARGEST_FILE = 10_000_000;
// base64url makes three bytes four letters.
export const LARGEST_JWE = Math.ceil((LARGEST_FILE * 4) / 3) + 1000;
const LARGEST_MANIFEST = 10_000_000;
const EMBEDDED_LENGTH_MAX = 1_000_000;

// Returns { manifest, listed }: the parsed answer (null for a direct link, flag U), and the files
// that it lists. Throws Refusal.
export async function askLink(link, { recipient, passcode }) {
  if (link.flags.includes("U")) return { manifest: null, listed: [await fetchDirect(link, recipient)] };
  const manifest = await fetchManifest(link, recipient, passcode);
  // IG 1.0.0 has `status` on the manifest; other services write it on each file.
  return { manifest, listed: manifest.files.map((file) => ({ status: manifest.status, ...file })) };
}

export async function fetchManifest(link, recipient, passcode) {
  const wish = { recipient, embeddedLengthMax: EMBEDDED_LENGTH_MAX };
  // A member of our own: packed, a story is a sixth as long.
  if (isOurs(link) && canInflate()) wish._zip = "DEF";
  const bytes = await ask(link.url, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(passcode ? { ...wish, passcode } : wish),
    largest: LARGEST_MANIFEST,
  });
  const manifest = jsonFrom(bytes);
  if (!Array.isArray(manifest?.files)) throw new Refusal("malformed");
  return manifest;
}

async function fetchDirect(link, recipient) {
  const url = new URL(link.url);
  url.searchParams.set("recipient", recipient);
  const bytes = await ask(url, { method: "GET", largest: LARGEST_JWE });
  return { embedded: new TextDecoder().decode(bytes), contentType: "application/fhir+json" };
}

export const isOurs = (link) => link.url.origin === location.origin;
