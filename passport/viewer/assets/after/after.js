// What a reader can give back once a story is on the page: it fills <div id="after">, whose
// elements are in templates/viewer/after.html.
//
// `context`, the same object for everything that is shown of one story; it is let go when the
// story is closed, so keep nothing of it elsewhere than in memory, and nothing after clearAfter():
//   link      what parse.js made: { payload, url: URL of the share, key: its 32 bytes, flags, label,
//             expires, kind: "emergency" or "" }
//   manifest  the parsed answer to the manifest request, with members that we do not know;
//             null for a direct link (flag U)
//   files     [{ resource, status, lastUpdated }]: what opened, as parsed JSON; the story's
//             Bundle is among them
//   reader    { recipient, passcode }: what the reader typed; passcode is "" when there was none
//   place     the <div id="story-body"> with the parts of the story
//   problems  [Refusal]: why some files did not open
// Everything of a story is hostile until shown otherwise: build elements with page/make.js, and
// read FHIR with story/fhir.js. Words of the page come from `word(name, facts)` of page/said.js.

// Called once a story is on the page.
export function showAfter(context) {
  void context;
}

// Called when a story is closed, when another link comes, and when the page is left.
export function clearAfter() {}
