import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { CallContext } from '../../../src/core/contract/dispatch.ts';
import { ok } from '../../../src/core/errors.ts';
import { isTrustedSender, registerCalls, type Sender } from '../../../src/main/ipc.ts';
import { createOwnPage } from '../../../src/main/ownPage.ts';

const own = createOwnPage(null);
const frame = (url: string, parent: object | null = null) => ({ senderFrame: { url, parent } }) as Sender;

describe('isTrustedSender', () => {
  it.each([
    ['our page', frame('app://spillway/index.html'), true],
    ['our page with a hash', frame('app://spillway/index.html#/queue'), true],
    ['no frame', { senderFrame: null } as Sender, false],
    ['a subframe of our page', frame('app://spillway/index.html', {}), false],
    ['another host', frame('app://other/index.html'), false],
    ['a look-alike host', frame('app://spillway.evil/index.html'), false],
    ['a host that ends like ours', frame('app://notspillway/'), false],
    ['ours as user info', frame('app://spillway@evil/'), false],
    ['user info before ours', frame('app://me@spillway/'), false],
    ['another scheme', frame('https://spillway/'), false],
    ['about:blank', frame('about:blank'), false],
    ['a data URL', frame('data:text/html,app://spillway/'), false],
    ['a file', frame('file:///app/spillway/index.html'), false],
    ['nothing', frame(''), false],
  ])('[SEC-10] %s', (_who, sender, trusted) => {
    expect(isTrustedSender(sender, own)).toBe(trusted);
  });

  it('[SEC-06] the dev server counts only by its exact origin', () => {
    const withDev = createOwnPage('http://localhost:5173/');
    expect(withDev('http://localhost:5173/x')).toBe(true);
    for (const url of ['http://localhost:5174/', 'https://localhost:5173/', 'http://localhost.evil:5173/']) {
      expect(withDev(url)).toBe(false);
    }
    expect(own('http://localhost:5173/')).toBe(false);
  });
});

describe('registerCalls', () => {
  type Listener = (event: object, method: unknown, input: unknown) => Promise<unknown>;
  const register = (answer: (context: CallContext) => Promise<unknown>) => {
    const refused: string[] = [];
    let listener: Listener = async () => undefined;
    registerCalls(
      {
        handle: (_channel, handler) => {
          listener = handler as Listener;
        },
      },
      {
        isOwnPage: own,
        onRefused: (what, url) => void refused.push(`${what} ${url}`),
        answer: async (method, input, context) => ok(await answer(context).then(() => [method, input])),
      },
    );
    return {
      refused,
      call: (sender: Sender, contents = new EventEmitter()) => listener({ ...sender, sender: contents }, 'm', 1),
    };
  };

  it('[SEC-10] a stranger is refused before anything runs', async () => {
    const { call, refused } = register(() => Promise.reject(new Error('ran')));
    await expect(call(frame('https://evil.example/'))).rejects.toThrow('refused');
    expect(refused).toEqual(['message https://evil.example/']);
  });

  it('[UX-70] the call of a page that goes away is cancelled', async () => {
    const contents = new EventEmitter();
    let context: CallContext | undefined;
    let finish = () => {};
    const { call } = register((given) => {
      context = given;
      return new Promise<void>((resolve) => {
        finish = resolve;
      });
    });
    const answered = call(frame('app://spillway/'), contents);
    expect(context?.signal.aborted).toBe(false);
    contents.emit('destroyed');
    expect(context?.signal.aborted).toBe(true);
    finish();
    expect(await answered).toEqual(ok(['m', 1]));
    expect(contents.listenerCount('destroyed')).toBe(0);
  });
});
