/**
 * Two databases behind one face: the user's, and the demo's own file while there is a demo (UX-85).
 *
 * The demo never mixes with real data, so what belongs to it is found by its connection id. Event ids of the demo's
 * file are handed out negative: one number still names one event.
 */
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compareEvents, type IncidentEvent, type NewEvent } from '../core/model/events.ts';
import type { MetricAlarm, Resource } from '../core/model/resources.ts';
import type { EventFilter, Store } from '../storage/interface.ts';

export const demoConnectionId = 'demo';

export interface Databases {
  readonly main: Store;
  /** The store that a connection is recorded in. */
  of(connectionId: string): Store;
  all(): readonly Store[];
  resource(id: string): Resource | undefined;
  resources(): Resource[];
  alarms(): MetricAlarm[];
  /** Newest `limit` of all stores, oldest first. */
  events(filter: EventFilter): IncidentEvent[];
  addEvent(event: NewEvent): IncidentEvent;
  isNote(id: number): boolean;
  removeEvent(id: number): boolean;
  /** Opens an empty demo database, replacing any left over. */
  openDemo(): Store;
  removeDemo(): void;
  close(): void;
}

/**
 * @param open opens a database file; ':memory:' for one without a file
 * @throws SpillwayError of core/messages/storage.ts when the main file cannot be used
 */
export function openDatabases(file: string, open: (file: string) => Store): Databases {
  const inMemory = file === ':memory:';
  const demoFile = inMemory ? file : join(dirname(file), 'spillway-demo.sqlite');
  const main = open(file);
  let demo: Store | null = null;

  // The emulator that a left-over demo file was recorded from is gone, so nothing can go on from it.
  const deleteDemoFile = (): void => {
    if (inMemory) return;
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(demoFile + suffix, { force: true });
  };
  const all = (): Store[] => (demo === null ? [main] : [main, demo]);
  const own = (store: Store, event: IncidentEvent): IncidentEvent =>
    store === main ? event : { ...event, id: -event.id };

  const databases: Databases = {
    main,
    of: (connectionId) => (connectionId === demoConnectionId && demo !== null ? demo : main),
    all,
    // The demo first: its account and names could be those of a user's own emulator.
    resource: (id) => demo?.resource(id) ?? main.resource(id),
    resources: () => all().flatMap((store) => store.resources()),
    alarms: () => all().flatMap((store) => store.alarms()),
    events(filter) {
      const found = all().flatMap((store) => store.events(filter).map((event) => own(store, event)));
      return found.sort(compareEvents).slice(-filter.limit);
    },
    addEvent(event) {
      const store = event.connectionId === demoConnectionId && demo !== null ? demo : main;
      return own(store, store.addEvent(event));
    },
    isNote: (id) =>
      databases.events({ fromMs: 0, toMs: 8.64e15, kinds: ['note'], limit: 100_000 }).some((note) => note.id === id),
    removeEvent: (id) => (id < 0 ? (demo?.removeEvent(-id) ?? false) : main.removeEvent(id)),
    openDemo() {
      databases.removeDemo();
      demo = open(demoFile);
      return demo;
    },
    removeDemo() {
      demo?.close();
      demo = null;
      deleteDemoFile();
    },
    close() {
      databases.removeDemo();
      main.close();
    },
  };
  deleteDemoFile();
  return databases;
}
