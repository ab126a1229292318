/**
 * AWS JSON over kept sockets, for latencies: as client.ts, without an HTTP client in between.
 *
 * A client that makes kilobytes of garbage a request stops for collections of its own, and what waits meanwhile would be told as the server's
 * latency. Here a request is one string, an answer is read from one buffer that a connection keeps. It knows what the servers of this
 * benchmark answer (a status line, a content-length, a body) and nothing else.
 */
import { connect, type Socket } from 'node:net';
import { headersOf, type SqsClient } from './client.ts';

const BUFFER_BYTES = 65_536;

interface Waiting {
  readonly text: string;
  readonly resolve: (answer: string) => void;
  readonly reject: (error: Error) => void;
}

class Connection {
  readonly #socket: Socket;
  readonly #idle: (connection: Connection) => void;
  #waiting: Waiting | null = null;
  #read = '';
  /** Of the answer with its head; 0 while that is not known. */
  #wholeBytes = 0;
  #bodyFrom = 0;

  constructor(port: number, host: string, idle: (connection: Connection) => void) {
    this.#idle = idle;
    const buffer = Buffer.alloc(BUFFER_BYTES);
    const callback = (bytes: number): boolean => {
      this.#take(buffer.toString('latin1', 0, bytes));
      return true;
    };
    this.#socket = connect({ port, host, noDelay: true, onread: { buffer, callback } });
    this.#socket.on('error', (error) => this.#waiting?.reject(error));
  }

  send(waiting: Waiting): void {
    this.#waiting = waiting;
    this.#read = '';
    this.#wholeBytes = 0;
    this.#socket.write(waiting.text, 'latin1');
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(piece: string): void {
    this.#read = this.#read === '' ? piece : this.#read + piece;
    if (this.#wholeBytes === 0) {
      const end = this.#read.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = /\r\ncontent-length: *(\d+)/i.exec(this.#read.slice(0, end))?.[1];
      if (length === undefined) throw new Error(`an answer without a length: ${this.#read}`);
      this.#bodyFrom = end + 4;
      this.#wholeBytes = this.#bodyFrom + Number(length);
    }
    if (this.#read.length < this.#wholeBytes) return;
    const { resolve, reject } = this.#waiting!;
    this.#waiting = null;
    const answer = this.#read.slice(this.#bodyFrom);
    const ok = this.#read.startsWith('HTTP/1.1 200');
    this.#idle(this);
    if (ok) resolve(answer);
    else reject(new Error(`answered with ${this.#read}`));
  }
}

/** @param endpoint http://HOST:PORT; texts are ASCII */
export function createLeanClient(endpoint: string, connections: number): SqsClient {
  const { hostname, port, host } = new URL(endpoint);
  const heads = new Map<string, string>();
  const line: Waiting[] = [];
  let lineFrom = 0;
  const free: Connection[] = [];
  const idle = (connection: Connection): void => {
    if (lineFrom < line.length) {
      const next = line[lineFrom++]!;
      if (lineFrom === line.length) {
        line.length = 0;
        lineFrom = 0;
      }
      connection.send(next);
    } else free.push(connection);
  };
  const all = Array.from({ length: connections }, () => new Connection(Number(port), hostname, idle));
  free.push(...all);

  function headOf(operation: string): string {
    let head = heads.get(operation);
    if (head === undefined) {
      const headers = { host, connection: 'keep-alive', ...headersOf(operation) };
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      head = `POST / HTTP/1.1\r\n${lines.join('')}content-length: `;
      heads.set(operation, head);
    }
    return head;
  }

  return {
    call: (operation, body) =>
      new Promise((resolve, reject) => {
        const waiting = { text: `${headOf(operation)}${body.length}\r\n\r\n${body}`, resolve, reject };
        const connection = free.pop();
        if (connection === undefined) line.push(waiting);
        else connection.send(waiting);
      }),
    async close() {
      for (const connection of all) connection.close();
    },
  };
}
