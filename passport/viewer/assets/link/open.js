// From a service's answer to the FHIR resources in it. Asks nobody but that service,
// and on the page for other services the hosts where that service says it keeps its files.
import { ask } from "./ask.js";
import { LARGEST_JWE, fetchManifest, isOurs } from "./manifest.js";
import { isSafe, urlFrom } from "./parse.js";
import { Refusal } from "./refusal.js";
import { unseal, usableKey } from "./unseal.js";

const MOST_FILES = 50;
const FHIR = /^application\/(fhir\+json|json)\s*(;|$)/i;

// `answer`: the promise that `askLink` returned. Returns { manifest, files: [{ resource, status, lastUpdated }],
// problems: [Refusal] }: what was answered, what opened, and why the rest did not. `anyHost`: files
// may be kept at other hosts. Throws Refusal when nothing opened.
export async function openAnswer(answer, link, anyHost) {
  // While the answer is on its way.
  link.usable = usableKey(link.key);
  const { manifest, listed } = await answer;
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
