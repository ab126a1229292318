/**
 * Where the kernel's arrays are: one after the other from the heap's base, all given back at the next run.
 */

let top: usize = __heap_base;

/** Give everything back. */
export function release(): void {
  top = (__heap_base + 15) & ~15;
}

/** @returns where `bytes` bytes are; what was there before is still in them */
export function allocate(bytes: usize): usize {
  const at = top;
  reach(at + bytes);
  top = (at + bytes + 15) & ~15;
  return at;
}

/** Make sure that memory goes up to `end`; grown by at least a MiB, so that this is rare. */
export function reach(end: usize): void {
  const bytes = (<usize>memory.size()) << 16;
  if (end <= bytes) return;
  const pages = max<usize>((end - bytes + 0xffff) >> 16, 16);
  if (memory.grow(<i32>pages) < 0) unreachable();
}

export function f64At(base: usize, index: i32): f64 {
  return load<f64>(base + ((<usize>index) << 3));
}

export function putF64(base: usize, index: i32, value: f64): void {
  store<f64>(base + ((<usize>index) << 3), value);
}
