/**
 * Resources that exist no more: not polled and not on the overview, while their history stays readable.
 *
 * Kept in the database, because after a restart the stored resources look as alive as ever.
 */
import type { Store } from '../../storage/interface.ts';

export interface GoneList {
  readonly ids: ReadonlySet<string>;
  add(ids: Iterable<string>): void;
  remove(ids: Iterable<string>): void;
}

export function createGoneList(store: Store, connectionId: string): GoneList {
  const name = `gone:${connectionId}`;
  const ids = new Set<string>(JSON.parse(store.setting(name) ?? '[]') as string[]);
  const change = (which: Iterable<string>, how: (id: string) => unknown): void => {
    const before = ids.size;
    for (const id of which) how(id);
    if (ids.size !== before) store.setSetting(name, JSON.stringify([...ids]));
  };
  return {
    ids,
    add: (more) => change(more, (id) => ids.add(id)),
    remove: (fewer) => change(fewer, (id) => ids.delete(id)),
  };
}
