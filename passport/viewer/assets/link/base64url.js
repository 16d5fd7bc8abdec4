import { Refusal } from "./refusal.js";

const ALPHABET = /^[A-Za-z0-9_-]*={0,2}$/;

// base64url (RFC 4648 section 5) to bytes. Throws Refusal("malformed").
export function bytesFrom(text) {
  if (typeof text !== "string" || !ALPHABET.test(text)) throw new Refusal("malformed");
  const plain = text.replace(/=+$/, "").replace(/-/g, "+").replace(/_/g, "/");
  try {
    return Uint8Array.from(atob(plain), (letter) => letter.charCodeAt(0));
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
