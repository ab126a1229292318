/**
 * Messages to whoever listens, numbered per topic so that a listener notices a lost one (EL-14).
 */
import type { Push, Topic, Topics } from '../core/contract/methods.ts';

export interface Pushes {
  send<T extends Topic>(topic: T, payload: Topics[T]): void;
  listen(handler: (push: Push) => void): () => void;
}

export function createPushes(onFailure: (thrown: unknown) => void): Pushes {
  const handlers = new Set<(push: Push) => void>();
  const sequences = new Map<Topic, number>();
  return {
    send(topic, payload) {
      const sequence = (sequences.get(topic) ?? 0) + 1;
      sequences.set(topic, sequence);
      for (const handler of handlers) {
        // A listener that throws must not stop the recording that told it something.
        try {
          handler({ topic, sequence, payload });
        } catch (thrown) {
          onFailure(thrown);
        }
      }
    },
    listen(handler) {
      handlers.add(handler);
      return () => handlers.delete(handler);
    },
  };
}
