// One request to the service that keeps a story, and what its answer means.
import { jsonFrom } from "./base64url.js";
import { readCapped } from "./capped.js";
import { Refusal } from "./refusal.js";

const PATIENCE_MS = 20_000;
const WAIT_IF_UNSAID_S = 60;
const LARGEST_COMPLAINT = 10_000;

// Returns the bytes of a 200 answer. Throws Refusal.
export async function ask(url, { largest, ...options }) {
  const timer = new AbortController();
  const alarm = setTimeout(() => timer.abort(), PATIENCE_MS);
  try {
    const answer = await fetch(url, { ...options, ...DISCREET, signal: timer.signal });
    if (answer.status !== 200) throw await refusalFrom(answer);
    return await readCapped(answer.body, largest);
  } catch (problem) {
    if (problem instanceof Refusal) throw problem;
    throw new Refusal(timer.signal.aborted ? "too-slow" : "unreachable");
  } finally {
    clearTimeout(alarm);
  }
}

const DISCREET = {
  mode: "cors",
  credentials: "omit",
  referrerPolicy: "no-referrer",
  redirect: "error",
  cache: "no-store",
};

async function refusalFrom(answer) {
  if (answer.status === 401) return wrongPasscode(answer);
  if (answer.status === 404 || answer.status === 410) return new Refusal("inactive");
  if (answer.status === 429) return new Refusal("too-often", { seconds: secondsToWait(answer) });
  return new Refusal(answer.status >= 500 ? "service-trouble" : "not-understood");
}

async function wrongPasscode(answer) {
  try {
    const { remainingAttempts: left } = jsonFrom(await readCapped(answer.body, LARGEST_COMPLAINT));
    if (left === 0) return new Refusal("locked");
    if (Number.isInteger(left) && left > 0) return new Refusal("wrong-passcode", { left });
  } catch {
    // The status says enough.
  }
  return new Refusal("wrong-passcode");
}

// Retry-After is seconds or a date (RFC 9110 section 10.2.3).
function secondsToWait(answer) {
  const said = answer.headers.get("Retry-After") ?? "";
  const seconds = /^\d+$/.test(said) ? Number(said) : (Date.parse(said) - Date.now()) / 1000;
  return seconds > 0 ? Math.ceil(seconds) : WAIT_IF_UNSAID_S;
}
