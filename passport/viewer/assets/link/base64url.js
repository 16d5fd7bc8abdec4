import { Refusal } from "./refusal.js";

const ALPHABET = /^[A-Za-z0-9_-]*={0,2}$/;

// base64url (RFC 4648 section 5) to bytes. Throws Refusal("malformed").
export function bytesFrom(text) {
  if (typeof text !== "string" || !ALPHABET.test(text)) throw new Refusal("malformed");
  const plain = text.replace(/=+$/, "").replace(/-/g, "+").replace(/_/g, "/");
  try {
    const letters = atob(plain);
    const bytes = new Uint8Array(letters.length);
    for (let at = 0; at < letters.length; at += 1) bytes[at] = letters.charCodeAt(at);
    return bytes;
  } catch {
    throw new Refusal("malformed");
  }
}

// Bytes to a parsed JSON value; strict UTF-8. Throws Refusal("malformed").
export function jsonFrom(bytes) {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new Refusal("malformed");
  }
}
