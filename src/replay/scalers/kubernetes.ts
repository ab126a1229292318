/**
 * A workload on Kubernetes in the loop: KEDA's SQS scaler wakes it and puts it to sleep, the HPA scales it in between; or the
 * HPA alone, on what stands for its CPU.
 *
 * Semantics: core/kubernetes (KEDA, HPA). Kept here: recent recommendations and changes, and when the scaler was last active.
 * A pod is ready after the launch delay and counts as one replica from the moment it is asked for (REP-76).
 */
import type { HpaBehaviorSettings, Scaler } from '../../core/contract/scalerShapes.ts';
import { defaults } from '../../core/defaults.ts';
import { hpaDesired, hpaDesiredForTotal, type Recommendation } from '../../core/kubernetes/hpa.ts';
import {
  type HpaRules,
  hpaScaleDownDefaults,
  hpaScaleDownStep,
  hpaScaleUpDefaults,
  hpaScaleUpStep,
  hpaStabilise,
} from '../../core/kubernetes/hpaBehavior.ts';
import { kedaActive, kedaReplicasWhenInactive, kedaSqsMessages } from '../../core/kubernetes/keda.ts';
import type { DecisionBlock } from '../../core/messages/decisions.ts';
import { clampCapacity } from '../../core/scaling/adjust.ts';
import type { DecisionLog, QueueView, TimedScaler } from './types.ts';

type KedaSettings = Extract<Scaler, { kind: 'keda' }>;
type HpaSettings = Extract<Scaler, { kind: 'hpa' }>;

const SYNC_SECONDS = defaults['hpa.syncPeriodSeconds'];
const policyName = { keda: 'keda', hpa: 'hpa' } as const;

export class KubernetesScaler implements TimedScaler {
  nextSeconds = 0;
  readonly #settings: KedaSettings | HpaSettings;
  readonly #behavior: Behavior;
  readonly #log: DecisionLog;
  #nextSyncSeconds: number = SYNC_SECONDS;
  #nextPollSeconds: number;
  #lastActiveSeconds = 0;
  #active = true;

  constructor(settings: KedaSettings | HpaSettings, log: DecisionLog) {
    this.#settings = settings;
    this.#behavior = new Behavior(settings.behavior);
    this.#log = log;
    this.#nextPollSeconds = settings.kind === 'keda' ? settings.pollingIntervalSeconds : Number.POSITIVE_INFINITY;
    this.#schedule();
  }

  act(view: QueueView): number {
    let replicas = view.desired;
    if (view.nowSeconds >= this.#nextPollSeconds && this.#settings.kind === 'keda') {
      replicas = this.#poll(view, this.#settings);
      this.#nextPollSeconds += this.#settings.pollingIntervalSeconds;
    }
    if (view.nowSeconds >= this.#nextSyncSeconds) {
      // At 0 the HPA is switched off, and KEDA alone decides.
      if (replicas === view.desired && replicas > 0 && this.#active) replicas = this.#sync(view);
      this.#nextSyncSeconds += SYNC_SECONDS;
    }
    this.#schedule();
    return replicas;
  }

  #schedule(): void {
    this.nextSeconds = Math.min(this.#nextSyncSeconds, this.#nextPollSeconds);
  }

  /** From sleep to work and back (KEDA-03, KEDA-04). */
  #poll(view: QueueView, settings: KedaSettings): number {
    const messages = messagesOf(view, settings);
    const { minSize } = view;
    this.#active = kedaActive(messages, settings.activationQueueLength, minSize);
    if (this.#active) {
      this.#lastActiveSeconds = view.nowSeconds;
      const least = Math.max(1, minSize);
      if (view.desired >= least && view.desired !== settings.idleReplicaCount) return view.desired;
      const replicas = Math.min(view.maxSize, Math.max(least, view.desired));
      if (replicas !== view.desired) this.#put(view, messages, replicas, null, ['KEDA-03', 'KEDA-04']);
      return replicas;
    }
    const replicas = kedaReplicasWhenInactive(
      view.desired,
      view.nowSeconds - this.#lastActiveSeconds,
      settings.idleReplicaCount,
      settings.cooldownPeriodSeconds,
    );
    if (replicas !== view.desired) {
      this.#behavior.forget();
      this.#put(view, messages, replicas, null, ['KEDA-04']);
    } else if (replicas > (settings.idleReplicaCount ?? 0)) {
      this.#put(view, messages, replicas, 'cooldown', ['KEDA-04']);
    }
    return replicas;
  }

  #sync(view: QueueView): number {
    const { value, recommendation } = this.#recommend(view);
    if (recommendation === null) return view.desired;
    const least = Math.max(view.minSize, 1);
    const outcome = this.#behavior.apply(view, recommendation.replicas, least);
    if (outcome.replicas !== view.desired || outcome.blockedBy !== null) {
      this.#put(
        view,
        value,
        outcome.replicas,
        outcome.blockedBy,
        [...recommendation.rules, ...outcome.rules],
        recommendation,
      );
    }
    return outcome.replicas;
  }

  #recommend(view: QueueView): { readonly value: number; readonly recommendation: Recommendation | null } {
    const settings = this.#settings;
    const tolerance = settings.behavior?.tolerance ?? defaults['hpa.tolerance'];
    const either = { up: tolerance, down: tolerance };
    if (settings.kind === 'keda') {
      const value = messagesOf(view, settings);
      return { value, recommendation: hpaDesiredForTotal(view.desired, value, settings.queueLength, either) };
    }
    const value = view.utilizationPercent;
    const measured = view.meanInService;
    if (Number.isNaN(value)) return { value, recommendation: null };
    const recommendation = hpaDesired(measured, value, settings.targetUtilizationPercent, either);
    const tolerated = recommendation.replicas === measured;
    // Pods that are starting have no value; on the way up they count as capacity that is there (HPA-05).
    const coming = recommendation.replicas > measured && recommendation.replicas <= view.desired;
    if (!tolerated && !coming) return { value, recommendation };
    return { value, recommendation: { ...recommendation, replicas: view.desired } };
  }

  #put(
    view: QueueView,
    value: number,
    replicas: number,
    blockedBy: DecisionBlock | null,
    rules: readonly string[],
    recommendation: Recommendation | null = null,
  ): void {
    const settings = this.#settings;
    this.#log.put({
      atMs: view.nowMs,
      kind: settings.kind,
      policyName: policyName[settings.kind],
      alarmName: '',
      metricValue: value,
      threshold:
        settings.kind === 'hpa'
          ? settings.targetUtilizationPercent
          : recommendation === null
            ? settings.activationQueueLength
            : settings.queueLength,
      stepLower: null,
      stepUpper: null,
      stepIndex: -1,
      adjustment: null,
      baseCapacity: view.desired,
      delta: (recommendation?.replicas ?? replicas) - view.desired,
      creditedInstances: 0,
      desiredBefore: view.desired,
      desiredAfter: replicas,
      blockedBy,
      repeats: 0,
      rules: [...rules],
    });
  }
}

function messagesOf(view: QueueView, { scaleOnInFlight }: KedaSettings): number {
  return kedaSqsMessages({ visible: view.visible, notVisible: view.inFlight, delayed: 0 }, scaleOnInFlight);
}

/** Stabilisation windows and speed limits with what they remember (HPA-03, HPA-04). */
class Behavior {
  readonly #up: HpaRules;
  readonly #down: HpaRules;
  readonly #upWindowSeconds: number;
  readonly #downWindowSeconds: number;
  readonly #longestSeconds: number;
  #recommended: { readonly atSeconds: number; readonly replicas: number }[] = [];
  #changed: { readonly atSeconds: number; readonly replicas: number }[] = [];

  constructor(settings: HpaBehaviorSettings | undefined) {
    this.#up = settings?.scaleUp ?? hpaScaleUpDefaults;
    this.#down = settings?.scaleDown ?? hpaScaleDownDefaults;
    this.#upWindowSeconds =
      settings?.scaleUp?.stabilizationWindowSeconds ?? defaults['hpa.scaleUp.stabilizationWindowSeconds'];
    this.#downWindowSeconds =
      settings?.scaleDown?.stabilizationWindowSeconds ?? defaults['hpa.scaleDown.stabilizationWindowSeconds'];
    const periods = [...this.#up.policies, ...this.#down.policies].map(({ periodSeconds }) => periodSeconds);
    this.#longestSeconds = Math.max(this.#upWindowSeconds, this.#downWindowSeconds, ...periods);
  }

  apply(
    { nowSeconds, desired, maxSize }: QueueView,
    recommended: number,
    least: number,
  ): { readonly replicas: number; readonly blockedBy: DecisionBlock | null; readonly rules: readonly string[] } {
    this.#forgetBefore(nowSeconds - this.#longestSeconds);
    this.#recommended.push({ atSeconds: nowSeconds, replicas: recommended });
    const within = (seconds: number): number[] =>
      this.#recommended.filter(({ atSeconds }) => atSeconds >= nowSeconds - seconds).map(({ replicas }) => replicas);
    const stabilised = hpaStabilise(desired, within(this.#upWindowSeconds), within(this.#downWindowSeconds));
    const wanted = clampCapacity(stabilised, least, maxSize);
    const changed = (sign: 1 | -1) => (seconds: number) =>
      this.#changed.reduce(
        (sum, { atSeconds, replicas }) =>
          atSeconds > nowSeconds - seconds && replicas * sign > 0 ? sum + replicas * sign : sum,
        0,
      );
    const replicas =
      wanted >= desired
        ? hpaScaleUpStep(desired, wanted, this.#up, changed(1))
        : hpaScaleDownStep(desired, wanted, this.#down, changed(-1));
    if (replicas !== desired) this.#changed.push({ atSeconds: nowSeconds, replicas: replicas - desired });
    const limited = replicas !== wanted || stabilised !== recommended;
    return {
      replicas,
      blockedBy: replicas === desired ? blockOf(desired, recommended, stabilised, wanted) : null,
      rules: limited ? ['HPA-03'] : [],
    };
  }

  forget(): void {
    this.#recommended = [];
    this.#changed = [];
  }

  #forgetBefore(seconds: number): void {
    this.#recommended = this.#recommended.filter(({ atSeconds }) => atSeconds >= seconds);
    this.#changed = this.#changed.filter(({ atSeconds }) => atSeconds >= seconds);
  }
}

/** Why nothing changed; null when nothing was asked for. */
function blockOf(desired: number, recommended: number, stabilised: number, wanted: number): DecisionBlock | null {
  if (recommended === desired) return null;
  if (stabilised === desired) return 'stabilised';
  if (wanted === desired) return stabilised > desired ? 'at-maximum' : 'at-minimum';
  return 'speed-limit';
}
