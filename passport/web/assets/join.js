// The code of an invitation comes in the part of the address that is never sent. It is kept in
// this tab while whoever opened it signs in or makes a passport, and no longer.
const KEPT = "invitation";
const code = decodeURIComponent(location.hash.slice(1)).slice(0, 256);

if (code) {
  sessionStorage.setItem(KEPT, code);
  history.replaceState(null, "", location.pathname);
}

const form = document.querySelector("form[data-invitation]");
const field = form?.querySelector("[name=code]");
const kept = sessionStorage.getItem(KEPT);

if (field && kept && !field.value) field.value = kept;
form?.addEventListener("submit", () => sessionStorage.removeItem(KEPT));
