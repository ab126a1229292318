import { EventEmitter, once } from 'node:events';
import { PassThrough } from 'node:stream';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { startEmulatorProcess } from '../../../src/cli/host/emulatorProcess.ts';
import { SpillwayError } from '../../../src/core/errors.ts';
import { type Language, messageText } from '../../../src/core/messages/index.ts';

class Child extends EventEmitter {
  readonly stderr = new PassThrough();
}

let child: Child;
vi.mock('node:child_process', () => ({ fork: () => child }));
beforeEach(() => {
  child = new Child();
});

/** As Node tells it: first that the process is gone, then what it had still said, then that there is no more. */
async function toldAfter(exitCode: number, said: readonly Uint8Array[]): Promise<Record<Language, string>> {
  const starting = startEmulatorProcess('flash-crowd').catch((error: unknown) => error);
  child.emit('exit', exitCode);
  for (const piece of said) child.stderr.write(piece);
  child.stderr.end();
  await once(child.stderr, 'end');
  child.emit('close', exitCode);
  const thrown = await starting;
  if (!(thrown instanceof SpillwayError)) throw new Error('it is no sentence', { cause: thrown });
  return { en: messageText('en', thrown), ko: messageText('ko', thrown) };
}

describe('an emulator process that ends before it listens', () => {
  it('is told with its exit code', async () => {
    expect(await toldAfter(9, [])).toEqual({
      en: 'emulator is not available here: its process ended with exit code 9.',
      ko: '여기서는 에뮬레이터를 쓸 수 없습니다: 프로세스가 종료 코드 9로 끝났습니다.',
    });
  });

  it('is told in its own words, with one stop, also when a letter comes in two pieces', async () => {
    const words = Buffer.from('포트를 쓸 수 없습니다.\n');
    const told = await toldAfter(1, [words.subarray(0, 4), words.subarray(4)]);
    expect(told.ko).toBe('여기서는 에뮬레이터를 쓸 수 없습니다: 포트를 쓸 수 없습니다.');
  });
});
