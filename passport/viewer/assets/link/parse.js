// Reads a link, by "SMART Health Cards and Links" 1.0.0, Links specification.
import { bytesFrom, jsonFrom } from "./base64url.js";
import { Refusal } from "./refusal.js";

// However a mail program broke or a web address spelled it; the last of several counts.
const SCHEME = new RegExp(`^.*${[..."shlink"].join("\\s*")}\\s*(?::|%3A)\\s*(?:/|%2F)`, "is");
const PLAIN = /^#shlink:\/([\w-]+)$/;
const MOST_LINES = 100;
const LONGEST_PAYLOAD = 8000;
const LONGEST_LABEL = 80;
// The specification allows 128; makers in the field go over it, and reading theirs harms nobody.
const LONGEST_URL = 2000;
// Our own extension member `_kind`; the specification lets readers leave alone what they don't know.
const EMERGENCY = "emergency";

// No place on our pages has so long a name: what is longer may be a link, or a piece of one.
const LONGEST_PLACE = 60;

// Whether it may hold a key, and so must not stay where others can see it.
export const looksLikeLink = (hash) => /s\s*h\s*l\s*i\s*n\s*k|^#shc:/i.test(hash) || hash.length > LONGEST_PLACE;

export const holdsLink = (text) => afterScheme(text) !== null;

// `text`: bare, among other words, behind any viewer's address, or broken over lines by a mail
// program. What stands after the link is left alone.
// Returns { payload, url: URL, key: bytes, flags: string, label: string, expires: Date | null,
// kind: "emergency" or "", handover: whether it may be passed on }.
// Throws Refusal: "not-a-link", "newer", "unsafe-url" or "bad-link".
export function parseLink(text) {
  const { payload, link } = read(afterScheme(text)?.trim());
  if (Number.isInteger(link.v) && link.v > 1) throw new Refusal("newer");
  return {
    payload,
    url: address(link.url),
    key: keyOf(link.key),
    flags: flagsOf(link.flag),
    label: typeof link.label === "string" ? [...link.label].slice(0, LONGEST_LABEL).join("") : "",
    expires: dateOf(link.exp),
    kind: link._kind === EMERGENCY ? EMERGENCY : "",
    handover: link._handover === true,
  };
}

function afterScheme(text) {
  // As our own codes spell it: a slow phone is spared the search.
  const [, rest] = PLAIN.exec(text) ?? [];
  if (rest) return rest;
  const [before] = SCHEME.exec(text) ?? [];
  return before === undefined ? null : text.slice(before.length);
}

// A space may end the link or break it: a line is taken in only while what came before it says
// nothing yet.
function read(rest) {
  const lines = rest ? /^[\w\s>-]*/.exec(rest)[0].split(/[\s>]+/) : [];
  if (!lines.length || lines[0].length > LONGEST_PAYLOAD) throw new Refusal("not-a-link");
  let payload = "";
  for (const line of lines.slice(0, MOST_LINES)) {
    payload += line;
    const link = payload.length > LONGEST_PAYLOAD ? null : decode(payload);
    if (link) return { payload, link };
  }
  throw new Refusal("bad-link");
}

function decode(payload) {
  try {
    const link = jsonFrom(bytesFrom(payload));
    const isLink = isObject(link) && (link.v === undefined || Number.isInteger(link.v));
    return isLink ? link : null;
  } catch {
    return null;
  }
}

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

function address(text) {
  const url = typeof text === "string" && text.length <= LONGEST_URL ? urlFrom(text) : null;
  if (!url) throw new Refusal("bad-link");
  url.hash = "";
  if (!isSafe(url)) throw new Refusal("unsafe-url");
  return url;
}

// A URL, or null when the text is none.
export function urlFrom(text, base) {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
}

// https, or this same machine while the service itself is being developed on it.
export function isSafe(url) {
  if (url.username || url.password) return false;
  if (url.protocol === "https:") return true;
  const local = url.hostname === "localhost" || url.hostname === "127.0.0.1";
  return url.protocol === "http:" && local && location.protocol === "http:";
}

function keyOf(text) {
  if (typeof text !== "string" || !/^[A-Za-z0-9_-]{43}$/.test(text)) throw new Refusal("bad-link");
  return bytesFrom(text);
}

function flagsOf(flag = "") {
  const conflict = typeof flag === "string" && flag.includes("U") && flag.includes("P");
  if (typeof flag !== "string" || conflict) throw new Refusal("bad-link");
  return flag;
}

function dateOf(seconds) {
  const date = new Date(typeof seconds === "number" ? seconds * 1000 : NaN);
  return Number.isNaN(date.getTime()) ? null : date;
}
