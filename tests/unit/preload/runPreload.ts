/**
 * Runs a built preload in a vm context with as little around it as a sandboxed one has, and shows what it did (EL-60).
 */
import vm from 'node:vm';

export interface PreloadRun {
  /** Ids it required, in order. */
  readonly required: string[];
  /** What it put on the page's window. */
  readonly exposed: Record<string, Record<string, (...args: never[]) => unknown>>;
  readonly invoked: unknown[][];
  /** Raises an event as main would. */
  emit(channel: string, ...args: unknown[]): void;
  listenerCount(): number;
  /** Names it left in its own global scope. */
  readonly globals: string[];
}

export function runPreload(source: string): PreloadRun {
  const required: string[] = [];
  const exposed: PreloadRun['exposed'] = {};
  const invoked: unknown[][] = [];
  const listeners: [string, (event: object, ...args: unknown[]) => void][] = [];
  const electron = Object.freeze({
    contextBridge: {
      exposeInMainWorld: (name: string, value: PreloadRun['exposed'][string]) => {
        exposed[name] = value;
      },
    },
    ipcRenderer: {
      invoke: async (...args: unknown[]) => {
        invoked.push(args);
        return 'answer';
      },
      on: (channel: string, listener: (event: object, ...args: unknown[]) => void) =>
        listeners.push([channel, listener]),
      removeListener(channel: string, listener: unknown) {
        const at = listeners.findIndex(([name, each]) => name === channel && each === listener);
        if (at >= 0) listeners.splice(at, 1);
      },
    },
  });
  const context = vm.createContext(Object.create(null), { codeGeneration: { strings: false, wasm: false } });
  const before = new Set(Object.keys(context));
  const run = vm.compileFunction(source, ['require', 'module', 'exports'], { parsingContext: context });
  const module = { exports: {} };
  run(
    (id: string) => {
      required.push(id);
      if (id !== 'electron') throw new Error(`a sandboxed preload cannot require ${id}`);
      return electron;
    },
    module,
    module.exports,
  );
  return {
    required,
    exposed,
    invoked,
    emit(channel, ...args) {
      for (const [name, listener] of [...listeners]) if (name === channel) listener({ sender: 'a secret' }, ...args);
    },
    listenerCount: () => listeners.length,
    globals: Object.keys(context).filter((name) => !before.has(name)),
  };
}
