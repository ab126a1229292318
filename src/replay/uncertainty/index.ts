/** What a replay is worth when its assumptions are not exact. Rules: docs/rules/uncertainty.md. */
export { type BandsInput, bandColumns, bandSteps } from './bands.ts';
export { drawDelays, drawWorld, type Spreads, type World } from './draw.ts';
