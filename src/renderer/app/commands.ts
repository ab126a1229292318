/**
 * Everything that can be done has a command: an id, a title (i18n `command.<id>`), a default key, a palette entry (UX-60).
 *
 * The table says what exists; a mounted screen says what each does right now. A command without a handler is not
 * offered. Not here: which press means which command (app/keys.ts).
 */
import { createStore, type Store } from '../data/store.ts';

export const commandTable = [
  { id: 'go.overview', group: 'go', keys: 'g o' },
  { id: 'go.incident', group: 'go', keys: 'g i' },
  { id: 'go.charts', group: 'go', keys: 'g c' },
  { id: 'go.replay', group: 'go', keys: 'g r' },
  { id: 'filter.focus', group: 'go', keys: '/' },
  { id: 'palette.open', group: 'app', keys: 'Mod+K' },
  { id: 'help.keys', group: 'app', keys: '?' },
  { id: 'range.type', group: 'time', keys: 'r' },
  { id: 'range.earlier', group: 'time', keys: '[' },
  { id: 'range.later', group: 'time', keys: ']' },
  { id: 'range.back', group: 'time', keys: ',' },
  { id: 'range.forward', group: 'time', keys: '.' },
  { id: 'range.zoomOut', group: 'time', keys: 'z' },
  { id: 'range.freeze', group: 'time', keys: 'f' },
  { id: 'range.copy', group: 'time', keys: null },
  { id: 'drawing.pause', group: 'time', keys: 'p' },
  { id: 'charts.tables', group: 'view', keys: 't' },
  { id: 'note.add', group: 'incident', keys: 'a' },
  { id: 'export', group: 'incident', keys: 'Mod+E' },
  { id: 'replay.run', group: 'replay', keys: 'Mod+Enter' },
  { id: 'import.open', group: 'app', keys: 'g t' },
  { id: 'connect.open', group: 'app', keys: 'g n' },
  { id: 'demo.start', group: 'app', keys: null },
  { id: 'demo.remove', group: 'app', keys: null },
  { id: 'zone.toggle', group: 'view', keys: 'u' },
  { id: 'language.en', group: 'view', keys: null },
  { id: 'language.ko', group: 'view', keys: null },
  { id: 'theme.system', group: 'view', keys: null },
  { id: 'theme.dark', group: 'view', keys: null },
  { id: 'theme.light', group: 'view', keys: null },
  { id: 'theme.contrast', group: 'view', keys: null },
] as const satisfies readonly { id: string; group: string; keys: string | null }[];

export type CommandId = (typeof commandTable)[number]['id'];
export type CommandGroup = (typeof commandTable)[number]['group'];
export type CommandHandlers = { readonly [Id in CommandId]?: () => void };

export const keyBindings = commandTable.flatMap(({ id, keys }) => (keys === null ? [] : [{ id, keys }]));

export interface Commands {
  /** @returns a function that takes the handlers away again */
  provide(handlers: CommandHandlers): () => void;
  /** @returns false when nothing on screen answers to it */
  run(id: string): boolean;
  /** Ids that have a handler now. */
  readonly available: Store<ReadonlySet<CommandId>>;
}

export function createCommands(): Commands {
  // The handlers provided last win: a screen's over the shell's.
  const layers: CommandHandlers[] = [];
  const available = createStore<ReadonlySet<CommandId>>(new Set());
  const publish = () =>
    available.set(new Set(commandTable.map(({ id }) => id).filter((id) => layers.some((layer) => layer[id]))));
  return {
    provide(handlers) {
      layers.push(handlers);
      publish();
      return () => {
        layers.splice(layers.indexOf(handlers), 1);
        publish();
      };
    },
    run(id) {
      const handler = layers.findLast((layer) => layer[id as CommandId])?.[id as CommandId];
      handler?.();
      return handler !== undefined;
    },
    available,
  };
}
