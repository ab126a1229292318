/** How good a fleet was. Definitions: docs/rules/yardsticks.md. */
export { type Clairvoyant, type ClairvoyantInput, clairvoyantSchedule, type ScheduleFigures } from './clairvoyant.ts';
export { type DemandRule, demandOf } from './demand.ts';
export { deviationFromIdeal, type Elasticity, elasticSpeedup, measureElasticity } from './elasticity.ts';
export { arrivalCurve, type Curve, departureCurve, servedCurve } from './flow.ts';
export { measureYardsticks, type Regret, type YardstickInput, type Yardsticks } from './measure.ts';
export { type Lives, livesOfDesired, type Money, measureMoney } from './money.ts';
export { measureSpike, type Spike } from './spike.ts';
export { measureWaits, type Waits } from './waits.ts';
