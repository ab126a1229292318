/**
 * Asks the C library to give free room back to the machine.
 *
 * The engine keeps its own books (a record for each page of the heap, compiled code in the making) in room of the C library, which hands back
 * only what lies at the end of it; after a heap of a gigabyte 40 MB of free room between a few things in use would stay for good. glibc has a
 * call for that, malloc_trim, and Node has none that reaches it, hence koffi. Other C libraries keep less and need no call. Not here: when
 * (memory.ts).
 */

/** From a heap that was large, a few milliseconds. */
type Trim = () => void;

const nothing: Trim = () => {};

let trim: Promise<Trim> | undefined;

/** Loads what it needs when first asked: 11 ms and 5 MB, which an emulator that never held much does not pay. */
export async function trimCLibrary(): Promise<void> {
  trim ??= loaded();
  (await trim)();
}

async function loaded(): Promise<Trim> {
  if (process.platform !== 'linux') return nothing;
  try {
    const { default: koffi } = await import('koffi');
    const mallocTrim = koffi.load('libc.so.6').func('int malloc_trim(size_t pad)');
    return () => void mallocTrim(0);
  } catch {
    // An optional package, and a Linux whose C library is another: the room stays, and is used again.
    return nothing;
  }
}
