/**
 * Inside a utility process: `process.parentPort`, over the channel of child_process. Messages that come before anybody
 * listens are kept, as Electron keeps them.
 */
import { EventEmitter } from 'node:events';

class HostParentPort extends EventEmitter {
  private readonly early: unknown[] = [];

  constructor() {
    super();
    process.on('message', (data) => {
      if (this.listenerCount('message') === 0) this.early.push(data);
      else this.emit('message', { data, ports: [] });
    });
    process.on('disconnect', () => this.emit('close'));
    this.on('newListener', (event) => {
      if (event !== 'message') return;
      queueMicrotask(() => {
        for (const data of this.early.splice(0)) this.emit('message', { data, ports: [] });
      });
    });
  }

  postMessage(message: unknown): void {
    if (process.connected) process.send!(message);
  }
}

Object.defineProperty(process, 'parentPort', { value: new HostParentPort() });
