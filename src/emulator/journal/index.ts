/** State files of the emulator. */
export { scenarioMark, type Wanted } from './header.ts';
export { Keeping, type KeptCloud, type Restored, type Surroundings } from './keeping.ts';
export { unkeptControl, unkeptReply } from './unkept.ts';
