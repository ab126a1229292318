/**
 * The bundled emulator in a process of its own, so that its load never disturbs recording.
 *
 * The child is this same program with `emulator --child`; it tells its endpoint over the channel and ends by itself when
 * the channel closes.
 */
import { fork } from 'node:child_process';
import path from 'node:path';
import type { EmulatorHandle } from '../../core/contract/engine.ts';
import { SpillwayError } from '../../core/errors.ts';
import { phrases } from '../../core/messages/terms.ts';
import { resourcesDir } from './paths.ts';

/** @throws SpillwayError NOT_AVAILABLE_HERE when the child ends before it listens */
export function startEmulatorProcess(scenario: string): Promise<EmulatorHandle> {
  const scenarioFile = path.join(resourcesDir, 'scenarios', `${scenario}.yaml`);
  return new Promise((resolve, reject) => {
    const child = fork(
      path.join(import.meta.dirname, '..', 'main.ts'),
      ['emulator', '--child', '--port', '0', '--clock', 'stepped', '--scenario', scenarioFile],
      { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] },
    );
    let complaints = '';
    // A letter of Korean may come in two chunks.
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      complaints = (complaints + chunk).slice(-2000);
    });
    const stop = (): Promise<void> =>
      new Promise((done) => {
        if (child.exitCode !== null || child.signalCode !== null) return done();
        child.once('exit', () => done());
        child.kill();
      });
    // Not at its exit: its last words may come after that.
    child.once('close', (code) => {
      // Its own words are in the user's language: the child has this environment. The sentence ends with a stop of its own.
      const why =
        complaints.trim().replace(/\.$/, '') || phrases([{ term: 'ended-with', params: { code: code ?? '?' } }]);
      reject(new SpillwayError('NOT_AVAILABLE_HERE', { what: phrases([{ term: 'emulator' }]), why }));
    });
    child.once('message', (message) => {
      resolve({ endpoint: (message as { endpoint: string }).endpoint, stop });
    });
  });
}
