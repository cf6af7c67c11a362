/** `npm run archive -- verify <folder>`: compares an archive with its manifest, byte for byte. */
import { readManifest, verifyArchive } from "../archive/index.ts";
import { formatBytes, formatCount } from "../core/units.ts";

const FAULTS_SHOWN = 50;

const [word, folder] = process.argv.slice(2);
if (word !== "verify" || !folder) {
  console.error("Write: npm run archive -- verify <folder of the archive>");
  process.exit(2);
}
const manifest = await readManifest(folder);
const { files, bytes, faults } = await verifyArchive(folder);
for (const fault of faults.slice(0, FAULTS_SHOWN)) console.log(fault);
if (faults.length > FAULTS_SHOWN) console.log(`… and ${formatCount(faults.length - FAULTS_SHOWN)} more.`);
if (faults.length > 0) {
  console.log(`${formatCount(faults.length)} things are not as they were written.`);
  process.exit(1);
}
console.log(
  `All ${formatCount(files)} files (${formatBytes(bytes)}) of ${formatCount(manifest?.messages ?? 0)} messages are as they were written.`,
);
