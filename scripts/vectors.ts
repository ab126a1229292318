/**
 * `npm run vectors -- FILE... [--traces DIR]`: worked examples against src/core and src/replay.
 *
 * DIR holds the CSV files that trace vectors name; without it the samples of resources/samples are used.
 * One line per failing vector, then `N passed, N failed`. Exit status: 0 all hold, 1 one does not, 2 a file cannot be read
 * or none was named. A kind the file describes and no adapter knows is a failure even when no vector uses it.
 */
import { parseArgs } from 'node:util';
import { adapters } from '../tests/vectors/adapters/index.ts';
import { loadVectors, runVector, type VectorFile } from '../tests/vectors/run.ts';

const { positionals: files, traces } = namedFiles();
if (files.length === 0) {
  console.error('Name the files to run: npm run vectors -- tests/vectors/autoscaling-vectors.json');
  process.exit(2);
}

let passed = 0;
let failed = 0;
const fail = (line: string) => {
  failed += 1;
  console.log(line);
};

for (const file of files) {
  let content: VectorFile;
  try {
    content = loadVectors(file, traces === undefined ? {} : { traces });
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(2);
  }
  for (const vector of content.vectors) {
    const faults = runVector(vector, adapters);
    if (faults.length === 0) passed += 1;
    else fail(`FAIL ${vector.id} [${vector.kind}; ${vector.rules.join(' ')}] ${faults.join('; ')}`);
  }
  for (const kind of Object.keys(content.kinds)) {
    const used = content.vectors.some((vector) => vector.kind === kind);
    if (!used && !Object.hasOwn(adapters, kind)) fail(`FAIL ${file} [${kind}] no adapter for this kind`);
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** The named files, and the folder of traces. An unknown option ends the program. */
function namedFiles(): { positionals: string[]; traces: string | undefined } {
  try {
    const { positionals, values } = parseArgs({ allowPositionals: true, options: { traces: { type: 'string' } } });
    return { positionals, traces: values.traces };
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(2);
  }
}
