// What this device alone remembers. A browser may refuse storage; then nothing is remembered, and
// nothing else is lost.

const device = () => localStorage;
// For the next page of this tab, and nobody after it.
export const tab = () => sessionStorage;

export function recall(name, storage = device) {
  try {
    return JSON.parse(storage().getItem(name));
  } catch {
    return null;
  }
}

export function remember(name, value, storage = device) {
  try {
    storage().setItem(name, JSON.stringify(value));
  } catch {
    // As above.
  }
}

export function forgetOnDevice(name, storage = device) {
  try {
    storage().removeItem(name);
  } catch {
    // As above.
  }
}
