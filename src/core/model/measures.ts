/**
 * What alarms and policies of a candidate may look at, as a replay's plant shows it (REP-31).
 *
 * A list outside the contract, so that a page can offer it without the contract's validation.
 */
export const decidingMeasures = [
  'depth',
  'age',
  'inFlight',
  'sent',
  'received',
  'deleted',
  'backlogPerInstance',
  'utilization',
  'inService',
  'desired',
] as const;
