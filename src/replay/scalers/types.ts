/**
 * What the loop and a scaler ask of each other. No behaviour.
 */
import type { Decision, ReplayAlarm } from '../../core/contract/shapes.ts';

/** The group at the moment of a decision; counts of instances. */
export interface GroupView {
  /** From the start. */
  readonly nowSeconds: number;
  readonly nowMs: number;
  readonly minSize: number;
  readonly maxSize: number;
  readonly desired: number;
  readonly inService: number;
  readonly warm: number;
  readonly warming: number;
  /** Launched, not yet in service. */
  readonly pending: number;
  readonly terminating: number;
  /** When everything that is under way will have ended; before now when nothing is. */
  readonly settledAtSeconds: number;
}

/** The same, and the queue as its own attributes show it at this instant. */
export interface QueueView extends GroupView {
  readonly visible: number;
  readonly inFlight: number;
  /** Arrivals of the minute, messages a second. */
  readonly arrivalsPerSecond: number;
  /** Instances that the utilization is of: mean since the last look. */
  readonly meanInService: number;
  /** Since the last look, 0 to 100; NaN without instances. */
  readonly utilizationPercent: number;
}

/** An alarm as the loop keeps it, read for this evaluation. */
export interface ReadAlarm {
  readonly alarm: ReplayAlarm;
  /** Code of core/alarms. */
  readonly state: number;
  readonly window: {
    readonly points: Float64Array;
    readonly from: number;
    readonly length: number;
    newest(): (number | null)[];
  };
}

export const NO_PROPOSAL = -1;

/** Decides when the loop has evaluated its alarms. */
export interface Decider {
  /** Of what it launches, when its proposal wins. */
  readonly warmupSeconds: number;
  /** @returns the capacity it proposes, NO_PROPOSAL for none */
  propose(view: GroupView): number;
  /**
   * The capacity has been set, by whichever proposal was the largest.
   *
   * @param view   as it was at `propose`
   * @param settledAtSeconds when what the change began will have ended
   */
  conclude(view: GroupView, desired: number, settledAtSeconds: number): void;
}

/** Looks at the queue at instants of its own. */
export interface TimedScaler {
  /** The next of them, seconds from the start. */
  readonly nextSeconds: number;
  /** Called at that instant. @returns the capacity from now on */
  act(view: QueueView): number;
}

/** Where decisions are put down. */
export interface DecisionLog {
  put(decision: Decision): void;
}
