/**
 * `utilityProcess`: a child process whose channel carries structured clones and looks like Electron's parentPort inside.
 */
import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type { ForkOptions } from 'electron';
import { host } from './host.ts';

const parentPortScript = new URL('./parentPort.ts', import.meta.url).href;

class HostUtilityProcess extends EventEmitter {
  readonly pid: number | undefined;
  private readonly child: ReturnType<typeof fork>;

  constructor(modulePath: string, args: string[], options: ForkOptions) {
    super();
    const stdio = options.stdio === 'pipe' || options.stdio === 'ignore' ? options.stdio : 'inherit';
    this.child = fork(modulePath, args, {
      execArgv: [...(options.execArgv ?? []), '--no-warnings', '--import', parentPortScript],
      env: { ...(options.env ?? process.env), NODE_OPTIONS: '' },
      serialization: 'advanced',
      stdio: ['ignore', stdio, stdio, 'ipc'],
    });
    this.pid = this.child.pid;
    host.children.set(this.child, { pid: this.child.pid ?? 0, name: options.serviceName ?? 'Node Utility Process' });
    this.child.on('spawn', () => this.emit('spawn'));
    this.child.on('message', (message) => this.emit('message', message));
    this.child.on('error', (thrown) => this.emit('error', 'FatalError', '', String(thrown)));
    this.child.on('exit', (code, signal) => {
      host.children.delete(this.child);
      this.emit('exit', code ?? (signal === null ? 0 : 1));
    });
  }

  postMessage(message: unknown): void {
    if (this.child.connected) this.child.send(message as object);
  }
  kill(): boolean {
    return this.child.kill();
  }
}

export const utilityProcess = {
  fork: (modulePath: string, args: string[] = [], options: ForkOptions = {}) =>
    new HostUtilityProcess(modulePath, args, options),
};
