// Photos, voice, video and documents of a part of a story: fetched, unlocked and shown only when
// the reader asks for one.
//
// `source`   a Composition.section or, where a story has none, a resource: parsed JSON of any shape
// `place`    an empty <div class="story-attachments"> below the words of that part; leave it
//            empty when the part has no attachments
// `context`  as in after/after.js, and with `entries` (story/fhir.js) to resolve references of the
//            story's Bundle
// Called while a story is drawn, for each part: draw buttons only, and fetch nothing yet.
export function drawAttachments(source, place, context) {
  void [source, place, context];
}

// Called when a story is closed: let go of every object URL.
export function clearAttachments() {}
