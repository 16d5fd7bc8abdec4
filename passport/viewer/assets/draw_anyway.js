// Chromium draws nothing of the reader's page before Open can be pressed (`rel="expect"` in view.html):
// a slow phone then draws once, not twice. Where that takes long, or the page was cut off on its
// way, what there is must show.
const PATIENCE_MS = 1500;

setTimeout(() => document.querySelector('link[rel="expect"]').remove(), PATIENCE_MS);
