import { Refusal } from "./refusal.js";

// All bytes of a ReadableStream, and not one chunk past `limit`. Throws Refusal("too-big").
export async function readCapped(stream, limit) {
  const reader = stream.getReader();
  const chunks = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return joined(chunks);
    size += value.byteLength;
    if (size > limit) {
      reader.cancel().catch(() => {});
      throw new Refusal("too-big");
    }
    chunks.push(value);
  }
}

// Uint8Arrays one after the other, as one.
export function joined(chunks) {
  const whole = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.byteLength, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.byteLength;
  }
  return whole;
}
