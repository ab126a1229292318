/** How messages behave, as the form has it, and as the contract wants it. Empty: as the queue was recorded. Pure. */
import type { MessageSettings } from '../../../core/contract/messageShapes.ts';

export const serviceChoices = ['exponential', 'constant', 'lognormal', 'pareto'] as const;
export type ServiceChoice = (typeof serviceChoices)[number];

export interface MessagesDraft {
  readonly service: ServiceChoice;
  readonly batchSize: string;
  readonly visibilityTimeoutSeconds: string;
  readonly maxReceiveCount: string;
  readonly poisonPercent: string;
  readonly failurePercent: string;
}

export const messagesDraft: MessagesDraft = {
  service: 'exponential',
  batchSize: '1',
  visibilityTimeoutSeconds: '',
  maxReceiveCount: '',
  poisonPercent: '0',
  failurePercent: '0',
};

const shapes: Readonly<Record<ServiceChoice, MessageSettings['service']>> = {
  exponential: { kind: 'exponential' },
  constant: { kind: 'constant' },
  lognormal: { kind: 'lognormal', cv: 2 },
  pareto: { kind: 'pareto', shape: 2.2 },
};

const bounds = {
  batchSize: { min: 1, max: 10, whole: true, empty: false },
  visibilityTimeoutSeconds: { min: 0.001, max: 43_200, whole: false, empty: true },
  maxReceiveCount: { min: 1, max: 1000, whole: true, empty: true },
  poisonPercent: { min: 0, max: 100, whole: false, empty: false },
  failurePercent: { min: 0, max: 100, whole: false, empty: false },
} as const;

export const messageFields = Object.keys(bounds) as (keyof typeof bounds)[];
export type MessageFault = { readonly min: number; readonly max: number };

/** @returns faults by field; with any, the value is not to be used */
export function readMessages(draft: MessagesDraft): {
  readonly value: MessageSettings;
  readonly faults: ReadonlyMap<string, MessageFault>;
} {
  const faults = new Map<string, MessageFault>();
  const numbers: Partial<Record<keyof typeof bounds, number>> = {};
  for (const field of messageFields) {
    const text = draft[field].trim();
    const { min, max, whole, empty } = bounds[field];
    if (text === '' && empty) continue;
    const value = Number(text);
    if (text === '' || !(value >= min && value <= max) || (whole && !Number.isInteger(value)))
      faults.set(field, { min, max });
    numbers[field] = value;
  }
  const { batchSize = 1, visibilityTimeoutSeconds, maxReceiveCount, poisonPercent = 0, failurePercent = 0 } = numbers;
  const value: MessageSettings = {
    seed: 1,
    spread: 'chance',
    sendBatchSize: 10,
    concurrencyPerInstance: 1,
    onScaleIn: 'interrupt',
    service: shapes[draft.service],
    batchSize,
    poisonShare: poisonPercent / 100,
    failureShare: failurePercent / 100,
    ...(visibilityTimeoutSeconds === undefined ? {} : { visibilityTimeoutSeconds }),
    ...(maxReceiveCount === undefined ? {} : { maxReceiveCount }),
  };
  return { value, faults };
}
