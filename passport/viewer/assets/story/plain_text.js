// A story as plain text for a clinical record: headings of the PRSB's About Me standard, source,
// and when it was read by whom.
import { word } from "../page/said.js";
import { aboutWords } from "./about.js";
import { momentWords } from "./dates.js";
import { plain } from "./fhir.js";
import { keyOf } from "./first_screen.js";
import { personFacts } from "./person.js";
import { titleOf } from "./section.js";
import { tokens } from "./tokens.js";

const LONGEST = 500_000;
const BLOCK = /^(p|div|h[1-6]|ul|ol|tr|table|br|dd|dt)$/;

// `story`: what storyFrom made; `reader`: who reads; `opened`: a Date.
export function recordText(story, { entries, reader, opened }) {
  const read = word("record-read", { moment: momentWords(opened), reader: reader.recipient });
  const facts = personFacts(story.patient).map(([label, words]) => `${label}: ${words}`);
  const top = [word("record-title", { name: story.title }), word("record-source"), read, word("record-copy"), ...facts];
  const parts = [];
  let size = 0;
  for (const section of story.sections) {
    if (size > LONGEST) break;
    const text = sectionText(section, { entries, language: story.language });
    size += text.length;
    parts.push(text);
  }
  return [top.join("\n"), ...parts].join("\n\n").slice(0, LONGEST);
}

function sectionText(section, story) {
  const title = titleOf(section);
  // The standard has one heading for both.
  const heading = /^please-do/.test(keyOf(section)) ? `${word("do-and-dont")}: ${title}` : title;
  const markup = section.text && typeof section.text.div === "string" ? section.text.div : "";
  return [heading.toUpperCase(), words(markup), aboutWords(section, story)].filter(Boolean).join("\n");
}

function words(markup) {
  let text = "";
  for (const token of tokens(markup.slice(0, LONGEST))) {
    if (token.text) text += plain(token.text).replace(/\s+/g, " ");
    if (token.open === "li") text += "\n- ";
    else if (BLOCK.test(token.open || token.close || "")) text += "\n";
  }
  return text.replace(/- \n+/g, "- ").replace(/ *\n[ \n]*/g, "\n").trim();
}
