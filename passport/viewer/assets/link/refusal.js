// Why a link could not be opened. `kind` is one of the keys of the words in page/words.js;
// `facts` fill the gaps in those words. Thrown by everything in this folder.
export class Refusal extends Error {
  constructor(kind, facts = {}) {
    super(kind);
    this.kind = kind;
    this.facts = facts;
  }
}
