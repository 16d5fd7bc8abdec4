// Whether this browser has all that unlocking a story needs.
export function hasWhatItTakes() {
  // Browsers give crypto.subtle to https pages, and to this same machine, alone.
  const has = [window.crypto && crypto.subtle, window.ReadableStream, window.AbortController];
  return has.every(Boolean) && Boolean(window.Response && "body" in Response.prototype);
}
