// XHTML narrative to tokens, by looking at characters and never at a parser that could act.
// Takes any text, in time that grows with its length alone.

const NAMED = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: "\u00a0" };
const NEVER_SHOWN = new Set(
  "script style head title template iframe object embed svg math noscript textarea select".split(" "),
);
const PIECE = 20_000;

// Yields { open: "p" }, { close: "p" } and { text: "words" }. No attribute comes through.
export function* tokens(markup) {
  let at = 0;
  while (at < markup.length) {
    const bracket = markup.indexOf("<", at);
    yield* pieces(markup.slice(at, bracket < 0 ? undefined : bracket), decoded);
    if (bracket < 0) return;
    const found = tagAt(markup, bracket);
    if (found.text) yield* pieces(found.text, found.literal ? String : decoded);
    if (found.open && !NEVER_SHOWN.has(found.open)) yield { open: found.open };
    if (found.close || found.empty) yield { close: found.close || found.open };
    at = NEVER_SHOWN.has(found.open) && !found.empty ? endOf(found.open, markup, found.end) : found.end;
  }
}

// Long text comes in pieces, so that whoever draws it can stop for breath.
function* pieces(text, reading) {
  for (let at = 0; at < text.length; ) {
    let end = Math.min(at + PIECE, text.length);
    // Not through an entity (the longest that we read has ten characters) or a pair of surrogates.
    const ampersand = text.slice(end - 9, end).lastIndexOf("&");
    if (end < text.length && ampersand > 0) end += ampersand - 9;
    else if (end < text.length && /[\ud800-\udbff]/.test(text[end - 1])) end -= 1;
    yield { text: reading(text.slice(at, end)) };
    at = end;
  }
}

function decoded(text) {
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{1,6});/gi, (whole, name) => {
    if (name[0] !== "#") return NAMED[name] ?? whole;
    const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : Number(name.slice(1));
    const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    return isCharacter ? String.fromCodePoint(code) : "\ufffd";
  });
}

function tagAt(markup, at) {
  if (markup.startsWith("<![CDATA[", at)) return cdata(markup, at);
  if (markup.startsWith("<!--", at)) return { end: after(markup, "-->", at + 4) };
  if (/[!?]/.test(markup.charAt(at + 1))) return { end: after(markup, ">", at) };
  TAG.lastIndex = at;
  const [whole, slash, name, rest] = TAG.exec(markup) ?? [];
  if (!whole) return { text: "<", literal: true, end: at + 1 };
  const end = endOfTag(markup, at + whole.length - rest.length);
  const tag = name.toLowerCase();
  if (slash) return { close: tag, end };
  return { open: tag, empty: markup[end - 2] === "/", end };
}

const TAG = /<(\/?)([a-z][a-z0-9]{0,20})((?=[\s/>]))/iy;

function cdata(markup, at) {
  const end = after(markup, "]]>", at);
  const closed = markup.startsWith("]]>", end - 3);
  return { text: markup.slice(at + 9, closed ? end - 3 : end), literal: true, end };
}

function after(markup, mark, from) {
  const found = markup.indexOf(mark, from);
  return found < 0 ? markup.length : found + mark.length;
}

// Past the ">" that is in no quoted attribute.
function endOfTag(markup, from) {
  let quote = "";
  for (let at = from; at < markup.length; at += 1) {
    const letter = markup[at];
    if (quote) quote = letter === quote ? "" : quote;
    else if (letter === '"' || letter === "'") quote = letter;
    else if (letter === ">") return at + 1;
  }
  return markup.length;
}

function endOf(tag, markup, from) {
  const closing = new RegExp(`</${tag}[\\s/>]`, "gi");
  closing.lastIndex = from;
  const found = closing.exec(markup);
  return found ? found.index : markup.length;
}
