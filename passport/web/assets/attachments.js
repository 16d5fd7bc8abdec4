// Adding a file or a recording: a progress bar, and nothing lost with the connection. Without
// this script the form sends the file by itself.
import { wireRecorder } from "./page/recorder.js";
import { Problem, Sending } from "./page/sending.js";

const form = document.querySelector("form[data-sends]");
if (form) wire(form);

function wire(form) {
  const words = form.dataset;
  const file = form.elements.file;
  const progress = form.querySelector("[data-progress]");
  const said = form.querySelector("[data-progress-words]");
  const bar = form.querySelector("progress");
  let busy = false;
  const recording = wireRecorder(form, waiting);

  file.addEventListener("change", () => complain(isTooLarge() ? words.tooLarge : ""));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!busy) send();
  });

  const isTooLarge = () => (file.files[0]?.size ?? 0) > Number(words.mostBytes);

  async function send() {
    complain("");
    if (isTooLarge()) return complain(words.tooLarge);
    busy = true;
    try {
      const sending = file.files[0] ? await sendFile(file.files[0]) : await recording();
      if (!sending) return complain(words.choose);
      tell(words.working, null);
      const { address } = await sending.finish({ caption: form.elements.caption.value, transcript: form.elements.transcript.value });
      location.assign(address);
    } catch (problem) {
      if (!(problem instanceof Problem)) console.error(problem);
      complain((problem instanceof Problem && problem.message) || words.failed);
    } finally {
      busy = false;
    }
  }

  async function sendFile(chosen) {
    const sending = new Sending(form, waiting);
    // No name of a file is left in the browser.
    const mark = `sending:${words.sends}:${chosen.size}:${chosen.lastModified}`;
    const begun = sessionStorage.getItem(mark);
    if (!begun || !(await sending.resume(begun))) await sending.begin(chosen.name);
    sessionStorage.setItem(mark, sending.id);
    const step = Number(words.partBytes);
    for (let at = 0, number = 0; at < chosen.size; at += step, number += 1) {
      tell(words.sending, Math.round((100 * at) / chosen.size));
      await sending.part(number, chosen.slice(at, at + step));
    }
    return sending;
  }

  function waiting(isWaiting) {
    if (isWaiting) tell(words.waiting, bar.position < 0 ? null : bar.value);
  }

  function tell(text, percent) {
    progress.hidden = false;
    said.textContent = percent === null ? text : `${text} ${percent} %`;
    if (percent === null) bar.removeAttribute("value");
    else bar.value = percent;
  }

  function complain(text) {
    const group = file.closest(".nhsuk-form-group");
    group.querySelector(".nhsuk-error-message")?.remove();
    group.classList.toggle("nhsuk-form-group--error", Boolean(text));
    file.removeAttribute("aria-invalid");
    if (!text) return;
    progress.hidden = true;
    const line = document.createElement("p");
    line.className = "nhsuk-error-message";
    line.id = "file-problem";
    line.textContent = text;
    file.before(line);
    file.setAttribute("aria-invalid", "true");
    file.setAttribute("aria-describedby", "file-problem");
    file.focus();
  }
}
