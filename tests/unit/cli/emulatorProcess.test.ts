import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { startEmulatorProcess } from '../../../src/cli/host/emulatorProcess.ts';
import { SpillwayError } from '../../../src/core/errors.ts';
import { type Language, messageText } from '../../../src/core/messages/index.ts';

const child = Object.assign(new EventEmitter(), { stderr: new EventEmitter() });
vi.mock('node:child_process', () => ({ fork: () => child }));
beforeEach(() => {
  child.removeAllListeners();
  child.stderr.removeAllListeners();
});

async function toldAfter(happens: () => void): Promise<Record<Language, string>> {
  const starting = startEmulatorProcess('flash-crowd');
  happens();
  const thrown = await starting.catch((error: unknown) => error);
  if (!(thrown instanceof SpillwayError)) throw new Error('it is no sentence', { cause: thrown });
  return { en: messageText('en', thrown), ko: messageText('ko', thrown) };
}

describe('an emulator process that ends before it listens', () => {
  it('is told with its exit code', async () => {
    expect(await toldAfter(() => child.emit('exit', 9))).toEqual({
      en: 'emulator is not available here: its process ended with exit code 9.',
      ko: '여기서는 에뮬레이터를 쓸 수 없습니다: 프로세스가 종료 코드 9로 끝났습니다.',
    });
  });

  it('is told in its own words, with one stop', async () => {
    const told = await toldAfter(() => {
      child.stderr.emit('data', Buffer.from('포트를 쓸 수 없습니다.\n'));
      child.emit('exit', 1);
    });
    expect(told.ko).toBe('여기서는 에뮬레이터를 쓸 수 없습니다: 포트를 쓸 수 없습니다.');
  });
});
