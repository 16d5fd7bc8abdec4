// Careful hands for FHIR from strangers: each asks for one shape and makes do without it.

export const textOf = (value) => (typeof value === "string" ? plain(value) : "");
export const listOf = (value) => (Array.isArray(value) ? value : []);
export const isObject = (value) => typeof value === "object" && value !== null;
export const firstOf = (value) => (Array.isArray(value) ? value[0] : value);

// Control characters show nothing, and the two overrides (U+202D, U+202E) turn words round.
export const plain = (text) => text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202d\u202e]/g, "");

const LANGUAGE = /^[a-z]{2,3}(-[a-z0-9]{2,8}){0,4}$/i;

// A BCP 47 tag that is safe to set, or undefined.
export const languageOf = (value) =>
  typeof value === "string" && LANGUAGE.test(value) ? value : undefined;

// The values, of type `kind` ("DateTime"), of our own extension with this short name.
export function extensionsOf(element, name, kind) {
  const ours = listOf(element?.extension).filter((one) => textOf(one?.url).endsWith(`/${name}`));
  return ours.map((one) => one[`value${kind}`]).filter((value) => value !== undefined);
}

// What a HumanName says.
export function nameOf(name) {
  const parts = [name?.prefix, name?.given, name?.family, name?.suffix].flat();
  return textOf(name?.text) || parts.map(textOf).filter(Boolean).join(" ");
}

// The words of a CodeableConcept, Coding, Quantity, Reference, Annotation or plain value.
export function wordsOf(value) {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (!isObject(value)) return textOf(value);
  if (typeof value.value === "number") return `${value.value} ${textOf(value.unit)}`.trim();
  const coding = listOf(value.coding)[0];
  return textOf(value.text) || textOf(value.display) || textOf(coding?.display) || textOf(coding?.code);
}

// Finds what a Reference points to inside one Bundle.
export class Entries {
  constructor(bundle) {
    this.resources = listOf(bundle?.entry).map((entry) => entry?.resource).filter(isObject);
    this.byAddress = new Map();
    for (const { fullUrl, resource } of listOf(bundle?.entry).filter(isObject)) {
      if (!isObject(resource)) continue;
      this.byAddress.set(fullUrl, resource);
      this.byAddress.set(`${resource.resourceType}/${resource.id}`, resource);
    }
  }

  resolve(reference) {
    return this.byAddress.get(reference?.reference);
  }

  first(type) {
    return this.resources.find((resource) => resource.resourceType === type);
  }
}
