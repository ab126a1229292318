/**
 * `npm run kernel`: compile src/replay/kernel/assembly with AssemblyScript and write it into src/replay/kernel/module.ts.
 *
 * What it writes is committed, so that nobody but who changes the kernel needs the compiler; a test compiles again and compares.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { main } from 'assemblyscript/asc';

const root = path.join(import.meta.dirname, '..');
export const moduleFile = path.join(root, 'src/replay/kernel/module.ts');

/** @returns the text of module.ts. @throws Error with what the compiler says */
export async function compileKernel(): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'spillway-kernel-'));
  const binary = path.join(folder, 'kernel.wasm');
  // No assertions and no runtime: nothing in it is an object.
  const options = ['-O3', '--converge', '--noAssert', '--runtime', 'stub', '--use', 'abort='];
  const { error, stderr } = await main(
    ['src/replay/kernel/assembly/index.ts', ...options, '--baseDir', root, '-o', binary],
    { stdout: process.stdout },
  );
  if (error) throw new Error(`The kernel does not compile: ${stderr.toString().trim() || error.message}`);
  optimize(binary);
  const text = readFileSync(binary).toString('base64');
  rmSync(folder, { recursive: true });
  return `/** WebAssembly of assembly/, made by \`npm run kernel\`; change those files, not this one. */\nexport const kernelBase64 =\n  '${text}';\n`;
}

/** Everything into the one loop, which the engine itself does not do: ten percent, measured on a week of minutes. Keeps the order of operations. */
function optimize(file: string): void {
  const program = path.join(root, 'node_modules/binaryen/bin/wasm-opt');
  // What the compiler used already; without them it would refuse its output.
  const features = [
    '--enable-bulk-memory',
    '--enable-sign-ext',
    '--enable-mutable-globals',
    '--enable-nontrapping-float-to-int',
  ];
  const inlining = ['--always-inline-max-function-size=1000', '--inline-functions-with-loops'];
  execFileSync(process.execPath, [program, ...features, ...inlining, '-O3', file, '-o', file]);
}

if (import.meta.main) {
  writeFileSync(moduleFile, await compileKernel());
  console.log(`Written: ${path.relative(root, moduleFile)}`);
}
