/**
 * The session: who runs this engine, and how the user likes to see it. Preferences are kept in the database.
 */
import { type Preferences, preferences as preferencesSchema, type Session } from '../../core/contract/shapes.ts';
import type { Store } from '../../storage/interface.ts';
import type { EngineOptions } from '../options.ts';

const settingName = 'preferences';
const defaults: Preferences = { language: 'en', theme: 'system', zone: 'local' };

export function sessionOf(store: Store, options: EngineOptions): Session {
  const { file, bytes, points, events } = store.stats();
  return {
    version: options.version,
    host: options.hostKind,
    preferences: preferencesOf(store),
    timeZone: options.timeZone,
    // Nothing that writes to AWS exists yet.
    writesAllowed: false,
    storage: { file, bytes, points, events, setAside: store.setAside?.setAside ?? null },
  };
}

export function savePreferences(store: Store, preferences: Preferences): void {
  store.setSetting(settingName, JSON.stringify(preferences));
}

/** Anything unreadable, from another version perhaps, gives the defaults: looks are not worth an error. */
function preferencesOf(store: Store): Preferences {
  const text = store.setting(settingName);
  if (text === undefined) return defaults;
  try {
    const parsed = preferencesSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : defaults;
  } catch {
    return defaults;
  }
}
