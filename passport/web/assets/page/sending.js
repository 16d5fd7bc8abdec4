// Sends bytes piece by piece to /story/…/uploads, and goes on where it was after a lost connection.
import { signedInFor } from "./session_end.js";

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 20_000;

// What the service says is wrong with a file, in words for the person.
export class Problem extends Error {}

// One file on its way. `onWaiting(isWaiting)` is told when the connection is lost and back.
export class Sending {
  constructor(form, onWaiting) {
    this.form = form;
    this.base = form.dataset.sends;
    this.onWaiting = onWaiting;
    this.received = 0;
  }

  async begin(name) {
    const { upload } = await this.post("", { name });
    this.id = upload;
  }

  // Takes up one that was begun earlier; false if it is gone.
  async resume(id) {
    const answer = await patiently(() => fetch(`${this.base}/${id}`), this.onWaiting);
    if (!answer.ok) return false;
    this.id = id;
    this.received = (await answer.json()).received;
    return true;
  }

  async part(number, piece) {
    // It arrived before the connection was lost.
    if (number < this.received) return;
    const { received, seconds } = await this.post(`/${this.id}/${number}`, { piece });
    this.received = received;
    signedInFor(seconds);
  }

  finish(words) {
    return this.post(`/${this.id}/finish`, words);
  }

  forget() {
    if (this.id) this.post(`/${this.id}/throw-away`, {}).catch(() => {});
  }

  async post(path, fields) {
    const body = new FormData();
    for (const name of ["csrf_token", "owner"]) body.set(name, this.form.elements[name]?.value ?? "");
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    const answer = await patiently(() => fetch(this.base + path, { method: "POST", body }), this.onWaiting);
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
    const said = isJson ? await answer.json() : {};
    if (!answer.ok || !isJson) throw new Problem(said.problem ?? "");
    return said;
  }
}

// Tries again for as long as there is no answer at all.
async function patiently(ask, onWaiting) {
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    try {
      const answer = await ask();
      if (answer.status < 502 || answer.status > 504) {
        onWaiting(false);
        return answer;
      }
    } catch {
      // No connection, or it broke off.
    }
    onWaiting(true);
    await connectionOr(wait);
  }
}

function connectionOr(wait) {
  return new Promise((resolve) => {
    setTimeout(resolve, wait);
    addEventListener("online", resolve, { once: true });
  });
}
