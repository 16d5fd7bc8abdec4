// The text of a QR code in a picture or a frame of a video, or "" when there is none.
import decodeQR from "qr/decode.js";

const detector = "BarcodeDetector" in window ? nativeDetector() : null;
const canvas = document.createElement("canvas");

// `picture`: an ImageBitmap or a playing <video>; `side`: of its longer side, how many pixels to look at.
export async function codeIn(picture, side) {
  const found = detector && (await detected(picture));
  return found || decoded(picture, side);
}

function nativeDetector() {
  try {
    return new BarcodeDetector({ formats: ["qr_code"] });
  } catch {
    return null;
  }
}

async function detected(picture) {
  try {
    const [code] = await detector.detect(picture);
    return code ? code.rawValue : "";
  } catch {
    return "";
  }
}

function decoded(picture, side) {
  const width = picture.videoWidth || picture.width;
  const height = picture.videoHeight || picture.height;
  const scale = Math.min(1, side / Math.max(width, height));
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  if (!canvas.width || !canvas.height) return "";
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  try {
    return decodeQR(context.getImageData(0, 0, canvas.width, canvas.height));
  } catch {
    return "";
  }
}
