/**
 * What a host may ask of the page through the push topic `command`: menu items, and news of the engine's process.
 *
 * The page ignores an id it does not know. Not here: the page's own palette, which holds more (renderer).
 */
export const hostCommands = [
  /** Menu: open the export of what is on screen. */
  'export',
  'language.en',
  'language.ko',
  'theme.system',
  'theme.light',
  'theme.dark',
  'theme.contrast',
  /** The engine's process ended; calls answer ENGINE_GONE until it is back. */
  'engine.gone',
  /** It runs again: ask for everything on screen anew. */
  'engine.back',
  /** It ended too often, or cannot start; it is not tried again. */
  'engine.failed',
] as const;
export type HostCommand = (typeof hostCommands)[number];
