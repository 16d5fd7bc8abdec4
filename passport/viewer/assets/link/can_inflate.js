// Whether this browser opens what was packed: some know streams, but not this kind of them.
export function canInflate() {
  try {
    return Boolean(new DecompressionStream("deflate-raw"));
  } catch {
    return false;
  }
}
