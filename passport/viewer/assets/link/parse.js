// Reads a link, by "SMART Health Cards and Links" 1.0.0, Links specification.
import { bytesFrom, jsonFrom } from "./base64url.js";
import { Refusal } from "./refusal.js";

const SCHEME = "shlink:/";
const LONGEST_PAYLOAD = 8000;
const LONGEST_LABEL = 80;
// The specification allows 128; makers in the field go over it, and reading theirs harms nobody.
const LONGEST_URL = 2000;

export const holdsLink = (text) => payloadOf(text) !== null;

// `text`: bare, behind any viewer's address, or broken over lines by a mail program.
// Returns { payload, url: URL, key: bytes, flags: string, label: string, expires: Date | null }.
// Throws Refusal: "not-a-link", "newer", "unsafe-url" or "bad-link".
export function parseLink(text) {
  const payload = payloadOf(text);
  if (!payload || payload.length > LONGEST_PAYLOAD) throw new Refusal("not-a-link");
  const link = decode(payload);
  if (Number.isInteger(link.v) && link.v > 1) throw new Refusal("newer");
  return {
    payload,
    url: address(link.url),
    key: keyOf(link.key),
    flags: flagsOf(link.flag),
    label: typeof link.label === "string" ? [...link.label].slice(0, LONGEST_LABEL).join("") : "",
    expires: dateOf(link.exp),
  };
}

function payloadOf(text) {
  const whole = String(text).replace(/\s+/g, "").replace(/shlink%3A(\/|%2F)/i, SCHEME);
  const at = whole.toLowerCase().lastIndexOf(SCHEME);
  return at < 0 ? null : whole.slice(at + SCHEME.length);
}

function decode(payload) {
  let link;
  try {
    link = jsonFrom(bytesFrom(payload));
  } catch {
    throw new Refusal("bad-link");
  }
  const isObject = typeof link === "object" && link !== null && !Array.isArray(link);
  if (!isObject || !(link.v === undefined || Number.isInteger(link.v))) throw new Refusal("bad-link");
  return link;
}

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
function isSafe(url) {
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
