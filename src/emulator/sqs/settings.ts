/**
 * Queue attributes that can be set, those of FIFO queues (fifoSettings.ts) apart: their names, limits, defaults and text form. SetQueueAttributes changes all of a
 * request or nothing.
 *
 * Not here: whether a queue is FIFO (state.ts), RedrivePolicy's rules (redrive.ts), Policy's quotas (policyText.ts), the read-only attributes (actions/getQueueAttributes.ts).
 */
import { invalidAttributeName, invalidAttributeValue } from './errors.ts';
import { changedFifoSettings, type FifoSettings, fifoSettingNames, fifoSettingText, flagOf } from './fifoSettings.ts';
import { policyText } from './policyText.ts';
import { parseRedriveAllowPolicy, parseRedrivePolicy, type RedrivePolicy } from './redrive.ts';

export interface QueueSettings {
  readonly delaySeconds: number;
  readonly maximumMessageSizeBytes: number;
  readonly messageRetentionSeconds: number;
  readonly receiveWaitSeconds: number;
  readonly visibilityTimeoutSeconds: number;
  readonly redrivePolicy: RedrivePolicy | null;
  /** Stored and given back as they came: nothing here acts on them, but for RedriveAllowPolicy (redrive.ts). */
  readonly policy: string | null;
  readonly redriveAllowPolicy: string | null;
  readonly kmsMasterKeyId: string | null;
  readonly kmsDataKeyReuseSeconds: number;
  readonly sqsManagedSseEnabled: boolean;
  /** Null for a standard queue. */
  readonly fifo: FifoSettings | null;
}

export const defaultSettings: QueueSettings = {
  delaySeconds: 0,
  maximumMessageSizeBytes: 1_048_576,
  messageRetentionSeconds: 345_600,
  receiveWaitSeconds: 0,
  visibilityTimeoutSeconds: 30,
  redrivePolicy: null,
  policy: null,
  redriveAllowPolicy: null,
  kmsMasterKeyId: null,
  kmsDataKeyReuseSeconds: 300,
  sqsManagedSseEnabled: true,
  fifo: null,
};

/** Wire name -> how it is read into settings and written from them. `write` gives null when the queue has none. */
interface Attribute {
  read(text: string): Partial<QueueSettings>;
  write(settings: QueueSettings): string | null;
}

type NumberKey = {
  [K in keyof QueueSettings]: QueueSettings[K] extends number ? K : never;
}[keyof QueueSettings];

function number(name: string, key: NumberKey, min: number, max: number): Attribute {
  return {
    read(text) {
      const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
      if (!(value >= min && value <= max)) throw invalidAttributeValue(name);
      return { [key]: value };
    },
    write: (settings) => String(settings[key]),
  };
}

/** AWS takes an empty text as "none". */
const orNone = (text: string): string | null => (text === '' ? null : text);

const attributes: ReadonlyMap<string, Attribute> = new Map<string, Attribute>([
  ['VisibilityTimeout', number('VisibilityTimeout', 'visibilityTimeoutSeconds', 0, 43_200)],
  ['DelaySeconds', number('DelaySeconds', 'delaySeconds', 0, 900)],
  ['MaximumMessageSize', number('MaximumMessageSize', 'maximumMessageSizeBytes', 1_024, 1_048_576)],
  ['MessageRetentionPeriod', number('MessageRetentionPeriod', 'messageRetentionSeconds', 60, 1_209_600)],
  ['ReceiveMessageWaitTimeSeconds', number('ReceiveMessageWaitTimeSeconds', 'receiveWaitSeconds', 0, 20)],
  [
    'RedrivePolicy',
    {
      read: (text) => ({ redrivePolicy: text === '' ? null : parseRedrivePolicy(text) }),
      write: ({ redrivePolicy }) => redrivePolicy && JSON.stringify(redrivePolicy),
    },
  ],
  [
    'RedriveAllowPolicy',
    {
      read: (text) => ({ redriveAllowPolicy: text === '' ? null : parseRedriveAllowPolicy(text) }),
      write: ({ redriveAllowPolicy }) => redriveAllowPolicy,
    },
  ],
  [
    'Policy',
    {
      read: (text) => ({ policy: text === '' ? null : policyText(text) }),
      write: ({ policy }) => policy,
    },
  ],
  [
    'SqsManagedSseEnabled',
    {
      read(text) {
        const enabled = flagOf(text);
        if (enabled === null) throw invalidAttributeValue('SqsManagedSseEnabled');
        return enabled ? { sqsManagedSseEnabled: true, kmsMasterKeyId: null } : { sqsManagedSseEnabled: false };
      },
      write: ({ sqsManagedSseEnabled }) => String(sqsManagedSseEnabled),
    },
  ],
  [
    'KmsMasterKeyId',
    {
      // The two kinds of encryption exclude each other: the later one wins.
      read: (text) =>
        text === '' ? { kmsMasterKeyId: null } : { kmsMasterKeyId: orNone(text), sqsManagedSseEnabled: false },
      write: ({ kmsMasterKeyId }) => kmsMasterKeyId,
    },
  ],
  [
    'KmsDataKeyReusePeriodSeconds',
    {
      ...number('KmsDataKeyReusePeriodSeconds', 'kmsDataKeyReuseSeconds', 60, 86_400),
      write: ({ kmsMasterKeyId, kmsDataKeyReuseSeconds }) =>
        kmsMasterKeyId === null ? null : String(kmsDataKeyReuseSeconds),
    },
  ],
]);

export const isSetting = (name: string): boolean => attributes.has(name) || fifoSettingNames.has(name);
export const settingNames = (): readonly string[] => [...attributes.keys(), ...fifoSettingNames];

/** The attribute's text, or null when the queue has none. */
export function settingText(settings: QueueSettings, name: string): string | null {
  if (fifoSettingNames.has(name)) return fifoSettingText(settings.fifo, name);
  return attributes.get(name)?.write(settings) ?? null;
}

/**
 * Settings after a request, the given ones left alone.
 *
 * @throws AwsError InvalidAttributeName, InvalidAttributeValue, InvalidParameterValue (RedrivePolicy)
 */
export function changedSettings(before: QueueSettings, request: Readonly<Record<string, string>>): QueueSettings {
  let after = before;
  for (const [name, text] of Object.entries(request)) {
    if (fifoSettingNames.has(name)) continue;
    const attribute = attributes.get(name);
    if (attribute === undefined) throw invalidAttributeName(name);
    after = { ...after, ...attribute.read(text) };
  }
  after = { ...after, fifo: changedFifoSettings(before.fifo, request) };
  if (flagOf(request.SqsManagedSseEnabled ?? '') === true && request.KmsMasterKeyId) {
    throw invalidAttributeName(
      'SqsManagedSseEnabled',
      'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.',
    );
  }
  return after;
}
