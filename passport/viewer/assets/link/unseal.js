// Opens a JWE in compact form (RFC 7516): "dir" with A256GCM, as the specification demands.
import { bytesFrom, jsonFrom } from "./base64url.js";
import { canInflate } from "./can_inflate.js";
import { joined, readCapped } from "./capped.js";
import { LARGEST_FILE } from "./manifest.js";
import { Refusal } from "./refusal.js";

const IV_BYTES = 12;
const TAG_BYTES = 16;
const SLICE_BYTES = 8192;

// The key of a link, 32 bytes, as `unseal` takes it: a promise.
export const usableKey = (key) => crypto.subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"]);

// `jwe`: text; `key`: what `usableKey` made. Returns the parsed JSON inside.
// Throws Refusal: "malformed", "wrong-cipher", "wrong-key" or "too-big".
export async function unseal(jwe, key) {
  const parts = jwe.trim().split(".", 6);
  if (parts.length !== 5) throw new Refusal("malformed");
  const [header, encryptedKey, iv, ciphertext, tag] = parts;
  const compressed = readHeader(header, encryptedKey);
  const sealed = {
    iv: sized(iv, IV_BYTES),
    // GCM authenticates the header as it was sent, still in base64url.
    additionalData: new TextEncoder().encode(header),
    body: [bytesFrom(ciphertext), sized(tag, TAG_BYTES)],
  };
  const plain = await decrypt(sealed, await key);
  return jsonFrom(compressed ? await inflate(plain) : plain);
}

function readHeader(encoded, encryptedKey) {
  const header = jsonFrom(bytesFrom(encoded));
  const ours = header?.alg === "dir" && header.enc === "A256GCM" && encryptedKey === "";
  const zip = header?.zip;
  // RFC 7516 section 4.1.13: what `crit` names must be understood, and we understand none.
  if (!ours || header.crit !== undefined || (zip !== undefined && zip !== "DEF")) {
    throw new Refusal("wrong-cipher");
  }
  return zip === "DEF";
}

function sized(text, length) {
  const bytes = bytesFrom(text);
  if (bytes.length !== length) throw new Refusal("malformed");
  return bytes;
}

async function decrypt({ iv, additionalData, body }, key) {
  try {
    const settings = { name: "AES-GCM", iv, additionalData, tagLength: TAG_BYTES * 8 };
    return new Uint8Array(await crypto.subtle.decrypt(settings, key, joined(body)));
  } catch {
    throw new Refusal("wrong-key");
  }
}

async function inflate(bytes) {
  if (!canInflate()) throw new Refusal("old-browser");
  const inflated = inSlices(bytes).pipeThrough(new DecompressionStream("deflate-raw"));
  try {
    return await readCapped(inflated, LARGEST_FILE);
  } catch (problem) {
    throw problem instanceof Refusal ? problem : new Refusal("malformed");
  }
}

// Deflate makes a thousand bytes of one, and browsers inflate a chunk to its end before they look
// up: a bomb fed whole would hold the page for many seconds, and fill memory.
function inSlices(bytes) {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.subarray(at, at + SLICE_BYTES));
      at += SLICE_BYTES;
    },
  });
}
