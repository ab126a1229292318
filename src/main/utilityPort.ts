/**
 * Both ends of a utility process as the narrow shapes of protocol.ts: main's (`forkUtility`) and the child's (`parentPort`).
 */
import type { ParentPort as UtilityParentPort, UtilityProcess } from 'electron';
import type { Child, ParentPort } from './protocol.ts';

/** What `utilityProcess.fork` is asked for; injected, so that no test needs Electron. */
export type Fork = (
  modulePath: string,
  args: string[],
  options: { readonly serviceName: string },
) => Pick<UtilityProcess, 'postMessage' | 'on' | 'kill'>;

export function forkUtility<To, From>(fork: Fork, modulePath: string, serviceName: string): Child<To, From> {
  const utility = fork(modulePath, [], { serviceName });
  return {
    postMessage: (message) => utility.postMessage(message),
    onMessage: (handler) => void utility.on('message', (message: From) => handler(message)),
    onExit: (handler) => void utility.on('exit', handler),
    kill: () => void utility.kill(),
  };
}

/**
 * @param port `process.parentPort`
 * @param exit called when the channel closes: without its parent a utility process has nothing left to do (EL-04)
 */
export function parentPort<To, From>(
  port: Pick<UtilityParentPort, 'postMessage' | 'on'>,
  exit: (code: number) => void,
): ParentPort<To, From> {
  // Electron's types name `message` only; the port is an emitter, and one whose far end is gone emits `close`.
  const events = port as Pick<NodeJS.EventEmitter, 'on'>;
  events.on('close', () => exit(0));
  return {
    postMessage: (message) => port.postMessage(message),
    onMessage: (handler) => void port.on('message', ({ data }) => handler(data as To)),
  };
}
