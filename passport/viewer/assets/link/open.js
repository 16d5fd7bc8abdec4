// From a link to the FHIR resources behind it. Asks nobody but the service that the link names,
// and on the page for other services the hosts where that service says it keeps its files.
import { ask } from "./ask.js";
import { jsonFrom } from "./base64url.js";
import { isSafe, urlFrom } from "./parse.js";
import { Refusal } from "./refusal.js";
import { LARGEST_FILE, canInflate, unseal, usableKey } from "./unseal.js";

const LARGEST_MANIFEST = 10_000_000;
// base64url makes three bytes four letters.
const LARGEST_JWE = Math.ceil((LARGEST_FILE * 4) / 3) + 1000;
const EMBEDDED_LENGTH_MAX = 1_000_000;
const MOST_FILES = 50;
const FHIR = /^application\/(fhir\+json|json)\s*(;|$)/i;

// Returns { manifest, files: [{ resource, status, lastUpdated }], problems: [Refusal] }: what was
// answered (null for a direct link), what opened, and why the rest did not. `anyHost`: files may
// be kept at other hosts. Throws Refusal when nothing opened.
export async function openLink(link, { recipient, passcode, anyHost }) {
  const isDirect = link.flags.includes("U");
  // While the answer is on its way.
  link.usable = usableKey(link.key);
  const manifest = isDirect ? null : await fetchManifest(link, recipient, passcode);
  const listed = isDirect ? [await fetchDirect(link, recipient)] : listings(manifest);
  const files = [];
  const problems = listed.length > MOST_FILES && !isOurs(link) ? [new Refusal("too-big")] : [];
  for (const [index, listing] of listed.slice(0, MOST_FILES).entries()) {
    // Attachments wait until they are asked for.
    if (index && waits(listing, listed, files[0], link)) continue;
    try {
      files.push(await openFile(listing, link, anyHost));
    } catch (problem) {
      if (!(problem instanceof Refusal)) throw problem;
      problems.push(problem);
    }
  }
  if (!files.length) throw problems[0] ?? new Refusal("empty");
  return { manifest, files, problems };
}

// The resource in the attachment with this number and id, now that the reader asks for it. An
// address works once, and not for long: then the manifest is asked for new ones.
export async function openLater(context, index, id) {
  const { link, reader } = context;
  const anyHost = link.url.origin !== location.origin;
  for (const isLast of [false, true]) {
    try {
      const { resource } = await openFile(context.manifest.files[index + 1], link, anyHost);
      if (resource?.id === id) return resource;
    } catch (problem) {
      if (isLast || !(problem instanceof Refusal) || problem.kind !== "inactive") throw problem;
    }
    if (!isLast) context.manifest = await fetchManifest(link, reader.recipient, reader.passcode);
  }
  throw new Refusal("file-changed");
}

const isOurs = (link) => link.url.origin === location.origin;

// Whether a file of the manifest is one that the story only speaks of so far.
function waits(listing, listed, main, link) {
  if (typeof listing?.location !== "string") return false;
  return isOurs(link) || promised(main?.resource) === listed.length - 1;
}

function promised(bundle) {
  const entries = Array.isArray(bundle?.entry) ? bundle.entry : [];
  return entries.filter((entry) => {
    const resource = entry?.resource;
    const attachment = resource?.resourceType === "DocumentReference" && resource.content?.[0]?.attachment;
    return attachment && typeof attachment.data !== "string";
  }).length;
}

async function fetchDirect(link, recipient) {
  const url = new URL(link.url);
  url.searchParams.set("recipient", recipient);
  const bytes = await ask(url, { method: "GET", largest: LARGEST_JWE });
  return { embedded: new TextDecoder().decode(bytes), contentType: "application/fhir+json" };
}

async function fetchManifest(link, recipient, passcode) {
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

function listings(manifest) {
  // IG 1.0.0 has `status` on the manifest; other services write it on each file.
  return manifest.files.map((file) => ({ status: manifest.status, ...file }));
}

async function openFile(listing, link, anyHost) {
  const hasEmbedded = typeof listing?.embedded === "string";
  const hasLocation = typeof listing?.location === "string";
  if (hasEmbedded === hasLocation) throw new Refusal("malformed");
  if (typeof listing.contentType !== "string" || !FHIR.test(listing.contentType)) {
    throw new Refusal("other-kind");
  }
  const jwe = hasEmbedded ? listing.embedded : await fetchLocation(listing.location, link, anyHost);
  if (jwe.length > LARGEST_JWE) throw new Refusal("too-big");
  const { status, lastUpdated } = listing;
  return { resource: await unseal(jwe, link.usable), status, lastUpdated };
}

async function fetchLocation(location, link, anyHost) {
  const url = urlFrom(location, link.url);
  if (!url) throw new Refusal("malformed");
  // A third host would learn that something is read.
  if (url.origin !== link.url.origin && !anyHost) throw new Refusal("other-host", { host: url.host });
  if (!isSafe(url)) throw new Refusal("unsafe-url");
  return new TextDecoder().decode(await ask(url, { method: "GET", largest: LARGEST_JWE }));
}
