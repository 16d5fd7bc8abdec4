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

// For the next page of this tab alone.
export function carry(name, value) {
  try {
    sessionStorage.setItem(name, JSON.stringify(value));
  } catch {
    // As above.
  }
}

export function takeCarried(name) {
  try {
    const value = JSON.parse(sessionStorage.getItem(name));
    sessionStorage.removeItem(name);
    return value;
  } catch {
    return null;
  }
}
