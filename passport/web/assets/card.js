// The card's QR code leads here with the code behind "#", where no server sees it. It goes into
// the form, and out of the address bar and the history.
const code = decodeURIComponent(location.hash.slice(1));
const field = document.getElementById("code");

if (code && field) {
  field.value = code;
  history.replaceState(null, "", location.pathname + location.search);
  const line = document.querySelector("[data-card-read]");
  line.textContent = line.dataset.cardRead;
  document.getElementById("pin").focus();
}

// Another language shows the page anew: what follows "#" goes with it, and to no server.
document.getElementById("languages").addEventListener("submit", ({ target }) => {
  if (field?.value) target.action = `/language#${encodeURIComponent(field.value)}`;
});

const printButton = document.querySelector("[data-print]");
if (printButton) {
  printButton.hidden = false;
  printButton.addEventListener("click", () => print());
}
