// What this device alone remembers. A browser may refuse storage; then nothing is remembered, and
// nothing else is lost.
export function recall(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // As above.
  }
}

export function forgetOnDevice(name) {
  try {
    localStorage.removeItem(name);
  } catch {
    // As above.
  }
}
