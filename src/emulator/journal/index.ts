/** State files of the emulator. Loaded when one is given. */
export { Keeping, type KeptCloud, type Restored, type Surroundings } from './keeping.ts';
export type { PlayBackProgress } from './watched.ts';
