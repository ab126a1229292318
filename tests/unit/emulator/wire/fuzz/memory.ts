/** How much the heap holds after everything that can go has gone. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

// The flag after the start serves as well as on the command line, and needs no setting of the runner.
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

export const mebibyte = 1_048_576;

/** Bytes on the heap and in buffers outside of it. Buffers are given back a turn of the event loop after their owner. */
export async function heldBytes(): Promise<number> {
  for (let turn = 0; turn < 3; turn++) {
    collect();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
