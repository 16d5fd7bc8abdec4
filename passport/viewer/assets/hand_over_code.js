// The QR code of a link, for a colleague's camera. A file of its own: most readers never need it.
import { encodeQR } from "qr";

const SVG = "http://www.w3.org/2000/svg";

export function drawCode(text) {
  const rows = encodeQR(text, "raw", { ecc: "low", border: 4 });
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${rows.length} ${rows.length}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join(""));
  svg.append(path);
  return svg;
}
