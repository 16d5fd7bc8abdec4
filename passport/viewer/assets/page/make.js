// The only way this script writes to the page: elements of our choosing, words as text.
// `attributes` never come from a story, save a language tag that was checked.
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== "") element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

// Takes everything out of an element. (replaceChildren is younger than some phones on wards.)
export function empty(element) {
  while (element.lastChild) element.lastChild.remove();
}
