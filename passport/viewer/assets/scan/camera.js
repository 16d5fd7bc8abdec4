// Looks through the camera until it sees a code that `found` takes.
import { codeIn } from "./code_in.js";

const PAUSE_MS = 150;
const SIDE = 800;

export class Camera {
  constructor(video, found) {
    this.video = video;
    this.found = found;
    this.stopped = false;
  }

  async start() {
    const wanted = { audio: false, video: { facingMode: "environment", width: { ideal: 1280 } } };
    this.stream = await navigator.mediaDevices.getUserMedia(wanted);
    // The reader may have pressed Stop while the browser was asking for permission.
    if (this.stopped) return this.stop();
    this.video.srcObject = this.stream;
    await this.video.play();
    this.look();
  }

  async look() {
    while (!this.stopped) {
      const text = await codeIn(this.video, SIDE);
      if (text && !this.stopped && this.found(text)) return;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  stop() {
    this.stopped = true;
    for (const track of this.stream ? this.stream.getTracks() : []) track.stop();
    this.video.srcObject = null;
  }
}
