/**
 * How the queue of a replay can be modelled. On its own so that a page can list them without the contract's validator.
 *
 * 'fluid' is a bare flow, 'fluid-stationary' a flow that shows the queue chance keeps up (REP-16), 'per-message' follows every
 * message (REP-60: service times by chance, one seed, some hundred times slower).
 */
export const replayPlants = ['fluid', 'fluid-stationary', 'per-message'] as const;

export type ReplayPlant = (typeof replayPlants)[number];
