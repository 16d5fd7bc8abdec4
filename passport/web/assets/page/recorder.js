// Records a voice in the page, and sends each piece while it is spoken.
import { Sending } from "./sending.js";

const PIECE_MS = 2000;
const LONGEST_MS = 180_000;

// Wires the recorder of a form. `onWaiting` as in sending.js. Returns `waiting()`, the recording to
// keep (a Sending, when all of it has arrived) or null.
export function wireRecorder(form, onWaiting) {
  const box = form.querySelector("[data-recorder]");
  if (!box || !globalThis.MediaRecorder || !navigator.mediaDevices?.getUserMedia) return () => null;
  const recorder = new Recorder(form, box, onWaiting);
  box.hidden = false;
  form.querySelector("[data-no-recorder]").hidden = true;
  return () => recorder.waiting();
}

class Recorder {
  constructor(form, box, onWaiting) {
    Object.assign(this, { form, box, onWaiting, pieces: [], sent: null, last: null });
    for (const name of ["said", "clock", "listen", "start", "stop"]) this[name] = box.querySelector(`[data-${name}]`);
    this.start.addEventListener("click", () => this.begin());
    this.stop.addEventListener("click", () => this.end());
  }

  async begin() {
    this.start.disabled = true;
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      this.said.textContent = this.box.dataset.noLeave;
      return;
    } finally {
      this.start.disabled = false;
    }
    this.sent?.forget();
    this.pieces = [];
    this.wanted = false;
    const sending = (this.sent = new Sending(this.form, this.onWaiting));
    this.last = sending.begin(this.box.dataset.name);
    this.media = new MediaRecorder(this.stream);
    this.media.addEventListener("dataavailable", ({ data }) => this.keep(sending, data));
    this.ended = new Promise((resolve) => this.media.addEventListener("stop", () => resolve(this.over())));
    this.media.start(PIECE_MS);
    this.began = Date.now();
    this.timer = setInterval(() => this.tick(), 500);
    this.show(true);
    this.said.textContent = this.box.dataset.recording;
    this.stop.focus();
  }

  keep(sending, data) {
    if (!data.size) return;
    const number = this.pieces.push(data) - 1;
    this.last = this.last.then(() => sending.part(number, data));
    // Said when she presses "Keep it".
    this.last.catch(() => {});
  }

  end() {
    this.wanted = true;
    if (this.media?.state === "recording") this.media.stop();
  }

  tick() {
    const past = Date.now() - this.began;
    this.clock.textContent = new Date(past).toISOString().slice(14, 19);
    if (past >= LONGEST_MS) this.end();
  }

  // Stopped by her, by the clock, or because the microphone went away: what was said stays.
  over() {
    clearInterval(this.timer);
    for (const track of this.stream.getTracks()) track.stop();
    this.show(false);
    URL.revokeObjectURL(this.listen.src);
    this.listen.src = URL.createObjectURL(new Blob(this.pieces, { type: this.media.mimeType }));
    this.listen.hidden = false;
    this.said.textContent = this.wanted ? this.box.dataset.kept : this.box.dataset.broken;
    this.start.focus();
  }

  show(isRecording) {
    this.start.hidden = isRecording;
    this.stop.hidden = this.clock.hidden = !isRecording;
    if (isRecording) this.listen.hidden = true;
  }

  async waiting() {
    if (!this.sent) return null;
    this.end();
    await this.ended;
    await this.last;
    return this.pieces.length ? this.sent : null;
  }
}
