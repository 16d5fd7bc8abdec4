// Makes a link with kill-the-clipboard, which we did not write, and serves it until it is killed.
// Arguments: a FHIR Bundle's path, then any of: zip, location, passcode=…
// Prints the link on one line.
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { SHL, SHLManifestBuilder } from "kill-the-clipboard";

const [path, ...wishes] = process.argv.slice(2);
const passcode = (wishes.find((one) => one.startsWith("passcode=")) ?? "").slice(9);
const isDirect = wishes.includes("direct");
const files = new Map();
const server = createServer(answer);
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const origin = `http://127.0.0.1:${server.address().port}`;

const shl = SHL.generate({
  baseManifestURL: `${origin}/manifests/`,
  manifestPath: isDirect ? "/file" : "/manifest.json",
  flag: isDirect ? "U" : passcode ? "P" : undefined,
  label: "Made elsewhere",
});
const builder = new SHLManifestBuilder({
  shl,
  uploadFile: async (content) => files.set(`/${files.size}`, content) && `/${files.size - 1}`,
  loadFile: async (where) => files.get(where),
  getFileURL: async (where) => `${origin}/files${where}`,
});
await builder.addFHIRResource({
  content: JSON.parse(readFileSync(path, "utf8")),
  enableCompression: wishes.includes("zip"),
});
console.log(shl.toURI());

async function answer(request, response) {
  response.setHeader("Access-Control-Allow-Origin", "*");
  response.setHeader("Access-Control-Allow-Headers", "content-type");
  if (request.method === "OPTIONS") return response.end();
  const where = request.url.replace(/\?.*/, "");
  if (where.startsWith("/files")) return response.end(files.get(where.slice(6)));
  if (isDirect) return response.end(files.get("/0"));
  let body = "";
  for await (const piece of request) body += piece;
  const asked = JSON.parse(body);
  response.setHeader("Content-Type", "application/json");
  if (passcode && asked.passcode !== passcode) {
    response.statusCode = 401;
    return response.end(JSON.stringify({ remainingAttempts: 4 }));
  }
  const embeddedLengthMax = wishes.includes("location") ? 1 : asked.embeddedLengthMax;
  response.end(JSON.stringify(await builder.buildManifest({ embeddedLengthMax })));
}
