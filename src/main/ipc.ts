/**
 * The one place that listens to pages: a single `call` channel, and the check of who is speaking (SEC-10, EL-11).
 *
 * A message counts only from the main frame of a window that shows our own page. Not here: what a call does (calls.ts).
 */
import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { channels } from '../core/contract/channels.ts';
import type { CallContext } from '../core/contract/dispatch.ts';
import type { Result } from '../core/errors.ts';
import type { OwnPage } from './ownPage.ts';

export type Sender = Pick<IpcMainInvokeEvent, 'senderFrame'>;

/** Null frame: it has navigated or is gone, so nobody can tell who asked. */
export function isTrustedSender({ senderFrame }: Sender, isOwnPage: OwnPage): boolean {
  return senderFrame !== null && senderFrame.parent === null && isOwnPage(senderFrame.url);
}

export type Answer = (method: unknown, input: unknown, context: CallContext) => Promise<Result<unknown>>;

export interface IpcOptions {
  readonly isOwnPage: OwnPage;
  readonly answer: Answer;
  readonly onRefused: (what: string, url: string) => void;
}

/** Calls of a page that goes away are cancelled: nobody is left to read the answer (UX-70). */
export function registerCalls(ipcMain: Pick<IpcMain, 'handle'>, { isOwnPage, answer, onRefused }: IpcOptions): void {
  ipcMain.handle(channels.call, async (event, method: unknown, input: unknown) => {
    if (!isTrustedSender(event, isOwnPage)) {
      onRefused('message', event.senderFrame?.url ?? '(no frame)');
      throw new Error('refused');
    }
    const gone = new AbortController();
    const abort = () => gone.abort();
    event.sender.once('destroyed', abort);
    event.sender.once('render-process-gone', abort);
    try {
      return await answer(method, input, { signal: gone.signal });
    } finally {
      event.sender.off('destroyed', abort);
      event.sender.off('render-process-gone', abort);
    }
  });
}
