// "Copy the link", for who sends it in a message.

export function wireCopying() {
  for (const button of document.querySelectorAll("[data-copies]")) {
    button.addEventListener("click", () => copy(button));
  }
}

async function copy(button) {
  const field = document.getElementById(button.dataset.copies);
  const line = button.parentElement.querySelector("[role=status]");
  try {
    await navigator.clipboard.writeText(field.value);
    line.textContent = line.dataset.copied;
  } catch {
    // An old browser, or one that was told not to.
    field.select();
    line.textContent = line.dataset.refused;
  }
}
