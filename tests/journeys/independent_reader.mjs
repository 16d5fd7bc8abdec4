// Reads a link with kill-the-clipboard, a SMART Health Links reader that we did not write.
// Arguments: link, recipient, passcode (optional), longest embedded file (optional).
// Prints {"resources": [...]} or {"error": "name of the error"}.
import { SHLViewer } from "kill-the-clipboard";

const [link, recipient, passcode, embeddedLengthMax] = process.argv.slice(2);
const found = link.slice(link.indexOf("shlink:/"));
try {
  const viewer = new SHLViewer({ shlinkURI: found });
  const resolved = await viewer.resolveSHL({
    recipient,
    passcode: passcode || undefined,
    embeddedLengthMax: embeddedLengthMax ? Number(embeddedLengthMax) : undefined,
  });
  console.log(JSON.stringify({ resources: resolved.fhirResources }));
} catch (error) {
  console.log(JSON.stringify({ error: error.constructor.name, message: String(error.message) }));
}
