/** What the kernel's host uses of WebAssembly; neither the language's own library nor this folder's settings have it. */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Instance {
    constructor(module: Module);
    readonly exports: unknown;
  }
  interface Memory {
    /** Another one whenever memory has grown. */
    readonly buffer: ArrayBuffer;
  }
}
