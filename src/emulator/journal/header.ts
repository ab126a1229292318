/**
 * The first line of a state file: what the cloud was begun with, and by which rules the lines behind it are read.
 *
 * `spillway-emulator-state VERSION CHECKSUM LENGTH {...}`. Name and version stand in front of everything that may change with a version.
 */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Certificate } from '../certificate/index.ts';
import type { SqsFaults } from '../sqs/faults.ts';

const formatName = 'spillway-emulator-state';
export const formatVersion = 1;

/** Whatever the cloud depends on besides its requests. */
export interface Beginning {
  readonly seed: number;
  readonly startMs: number;
  readonly accountId: string;
  readonly region: string;
  readonly strictQuotas: boolean;
  /** Absent: none. */
  readonly sqsFaults?: SqsFaults;
  /** Null without a scenario. */
  readonly scenario: { readonly name: string; readonly digest: string } | null;
  /** SNS signs with it what queues hold: another key would be another message. For nothing but this emulator. */
  readonly signing: Certificate;
}

/** Of a cloud that may go on with an older file. */
export type Wanted = Omit<Beginning, 'signing'>;

/** @param facts all but the scenario */
export const wantedOf = (facts: Omit<Wanted, 'scenario'>, scenario: { readonly name: string } | undefined): Wanted => ({
  ...facts,
  scenario: scenario === undefined ? null : markOf(scenario),
});

export type ReadHeader =
  | { readonly kind: 'header'; readonly beginning: Beginning; readonly chain: number }
  | { readonly kind: 'otherVersion'; readonly version: string }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'foreign' };

/** With its line feed, and the checksum that the first entry goes on from. */
export function writeHeader(beginning: Beginning): { readonly line: Buffer; readonly chain: number } {
  const content = Buffer.from(JSON.stringify(beginning), 'utf8');
  const chain = crc32(content);
  const front = `${formatName} ${formatVersion} ${chain.toString(16).padStart(8, '0')} ${content.length} `;
  return { line: Buffer.concat([Buffer.from(front, 'latin1'), content, Buffer.from('\n', 'latin1')]), chain };
}

/** @param line the file's first, without its line feed */
export function readHeader(line: Buffer, ended: boolean): ReadHeader {
  const text = line.toString('utf8');
  const mark = `${formatName} `;
  if (!text.startsWith(mark)) {
    const begun = text !== '' && mark.startsWith(text) && !ended;
    return { kind: begun ? 'damaged' : 'foreign' };
  }
  const version = /^(\d{1,9}) /.exec(text.slice(mark.length))?.[1];
  if (version === undefined) return { kind: 'damaged' };
  if (version !== String(formatVersion)) return { kind: 'otherVersion', version };
  const found = /^([0-9a-f]{8}) (\d{1,9}) (.*)$/s.exec(text.slice(mark.length + version.length + 1));
  if (found === null || !ended) return { kind: 'damaged' };
  const [, checksum = '', length, content = ''] = found;
  const chain = crc32(content);
  if (Number.parseInt(checksum, 16) !== chain || Buffer.byteLength(content) !== Number(length)) {
    return { kind: 'damaged' };
  }
  return { kind: 'header', beginning: JSON.parse(content) as Beginning, chain };
}

/** By name and content, so that a changed scenario is told from the one the state was begun with. */
function markOf(scenario: { readonly name: string }): NonNullable<Beginning['scenario']> {
  const digest = createHash('sha256').update(JSON.stringify(scenario)).digest('hex').slice(0, 32);
  return { name: scenario.name, digest };
}

/** A fact in which two beginnings differ, in the words of the command line; null when the same cloud comes of both. Instants are the file's. */
export function differenceOf(
  stored: Wanted,
  given: Wanted,
): { readonly what: string; readonly stored: string; readonly given: string } | null {
  const facts: readonly (readonly [string, (beginning: Wanted) => string])[] = [
    [
      '--scenario',
      ({ scenario }) => (scenario === null ? 'none' : `${scenario.name} (${scenario.digest.slice(0, 8)})`),
    ],
    ['--seed', ({ seed }) => String(seed)],
    ['--account', ({ accountId }) => accountId],
    ['--region', ({ region }) => region],
    ['--strict-quotas', ({ strictQuotas }) => (strictQuotas ? 'on' : 'off')],
    ['--sqs-faults', ({ sqsFaults }) => (sqsFaults === undefined ? 'none' : JSON.stringify(sqsFaults))],
  ];
  for (const [what, of] of facts) {
    if (of(stored) !== of(given)) return { what, stored: of(stored), given: of(given) };
  }
  return null;
}
