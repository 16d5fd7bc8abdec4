// Sends what a reader gives back, to the service that the story came from and to no other.
import { ask } from "../link/ask.js";
import { urlFrom } from "../link/parse.js";
import { random, thanksTo } from "./thanks.js";

const LARGEST_ANSWER = 10_000;

// Where and with what this reading may be answered; null if its service does not say.
export function replyAddress({ link, manifest }) {
  const reply = manifest?._reply;
  const url = typeof reply?.url === "string" ? urlFrom(reply.url, link.url) : null;
  if (!url || url.origin !== link.url.origin || typeof reply.capability !== "string") return null;
  return { url, capability: reply.capability };
}

// Throws Refusal. Pressed again after a lost answer, it may be kept twice: better than not at all.
export async function sendReply({ context, address }, given) {
  const body = {
    ...given,
    capability: address.capability,
    once: random(),
    thanksTo: await thanksTo(context.link),
  };
  await postJson(address.url, body, LARGEST_ANSWER);
}

export const postJson = (url, body, largest) =>
  ask(url, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    largest,
  });
