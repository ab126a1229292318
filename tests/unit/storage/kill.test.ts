import { describe, expect, it } from 'vitest';
import { openStore } from '../../../src/storage/index.ts';
import { openWorker } from './child.ts';
import { midnight, nowMs, tempFile } from './helpers.ts';

describe('a recorder killed at any moment (SIGKILL)', () => {
  // The start is late in the day, so that midnight and its seal come early in a run.
  const start = midnight + 86_400 - 60 * 200;

  it.each([1, 2, 37, 301, 650])(
    'after %d polls: nothing acknowledged is lost, nothing is half there',
    { timeout: 30_000 },
    async (polls) => {
      const file = tempFile();
      const child = await openWorker(file, ['record', String(start)]);
      await child.wrote(1 + polls);
      await child.kill();
      const acknowledged = child.lines.length - 1;
      expect(acknowledged).toBeGreaterThanOrEqual(polls);

      const store = openStore(file, { nowMs });
      expect(store.setAside).toBeNull();
      // The poll at hand may be stored without having been acknowledged; then it is stored whole.
      const stored = (store.cursor('c1', 'metrics')! - start) / 60 + 1;
      expect(stored - acknowledged).toBeGreaterThanOrEqual(0);
      expect(stored - acknowledged).toBeLessThanOrEqual(1);
      const keys = store.seriesMatching('c1', 'AWS/SQS', 'NumberOfMessagesSent', {});
      expect(keys.length).toBe(20);
      for (const [i, key] of keys.entries()) {
        const { times, values } = store.points(key, 0, 4e9);
        expect(times.length).toBe(stored);
        for (let minute = 0; minute < stored; minute++) {
          if (times[minute] !== start + minute * 60 || values[minute] !== minute * 100 + i) {
            throw new Error(`series ${i} minute ${minute}: ${times[minute]} ${values[minute]}`);
          }
        }
      }
      expect(store.events({ fromMs: 0, toMs: 4e12, limit: 1e6 }).length).toBe(stored);
      store.close();
    },
  );
});
