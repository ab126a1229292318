/** Scenarios: read a file, play it in a cloud. */
export { applyScenario } from './apply.ts';
export { parseScenario } from './parse.ts';
export type { Scenario } from './spec.ts';
