// What the page says when a link can't be opened: what happened, then what to do next. Nothing
// here tells whom a link was for. `again` keeps the form, since another try may work.
const ASK = "Ask the person to show you a new code or link. Or ask them to tell you, or to show you on their phone.";
const minutes = (seconds) =>
  seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;

export const WORDS = {
  "not-a-link": { title: "That is not a link to a story", next: `It needs “shlink:/” in it. Copy the whole link and try again, or scan the code.` },
  "bad-link": { title: "This link is damaged", next: `Part of it may be missing. Scan the code again, or copy the whole link. If that does not help: ${ASK}` },
  newer: { title: "This link is newer than this page", next: `It is of a kind that this page does not know, so nothing was opened. ${ASK}` },
  "unsafe-url": { title: "This link is not safe to open", next: `It leads to an address without encryption, so nothing was opened. ${ASK}` },
  inactive: { title: "This link is no longer active", next: `It may have ended, been stopped, or been copied wrongly. ${ASK}` },
  locked: { title: "This link is locked", next: `The passcode was wrong too many times. ${ASK}` },
  empty: { title: "There is nothing in this link", next: `It opened, but no story is in it. ${ASK}` },
  "wrong-key": { title: "This link does not fit its story", next: `The story could not be unlocked. Scan the code again, or copy the whole link. If that does not help: ${ASK}` },
  "wrong-cipher": { title: "This story is locked in a way this page does not know", next: `Nothing was opened. ${ASK}` },
  "old-browser": { title: "This browser is too old for this story", next: `Update it, or use another browser or phone. ${ASK}` },
  malformed: { title: "The answer can’t be read", next: `What came back is no story that this page understands. ${ASK}` },
  "too-big": { title: "This story is too big for this page", next: `It is larger than 10 megabytes, so it was not opened. ${ASK}` },
  "other-kind": { title: "This page can’t show what is in this link", next: `It holds files, but not a written story. ${ASK}` },
  "other-host": { title: "This story is kept in a place we do not ask", next: ({ host }) => `A part of it is at ${host}, which is not where the link leads. So that nobody else learns what you read, it was not fetched. ${ASK}` },
  unreachable: { again: true, title: "The service that keeps this story can’t be reached", next: "Check your connection, then press Open again." },
  "too-slow": { again: true, title: "The service that keeps this story did not answer in time", next: "Check your connection, then press Open again." },
  "service-trouble": { again: true, title: "The service that keeps this story has a problem", next: "This is not your fault. Wait a few minutes, then press Open again." },
  "not-understood": { again: true, title: "The service did not accept the request", next: `Check what you typed and press Open again. If that does not help: ${ASK}` },
  "too-often": { again: true, title: "Too many tries in a short time", next: ({ seconds }) => `Wait ${minutes(seconds)}, then press Open again.` },
  "wrong-passcode": { again: true, field: "passcode", title: "That passcode is not right", next: ({ left }) => left ? `You have ${left} ${left === 1 ? "try" : "tries"} left. Ask the person for the passcode.` : "Ask the person for the passcode." },
  unexpected: { title: "Something went wrong on this page", next: `Load the page again and scan the code again. If that does not help: ${ASK}` },
};

// A Refusal (or any error) in words: { title, next, again, field }.
export function wordsFor(problem) {
  const words = WORDS[problem.kind] ?? WORDS.unexpected;
  const next = typeof words.next === "function" ? words.next(problem.facts) : words.next;
  return { ...words, next };
}
