/**
 * Audit statements: which of the messages are looked at, and what is found in them. Nothing happens to a message by it.
 *
 * The sample is no chance but spread evenly, so that runs repeat: of a hundred messages the first and every further one that is due by the
 * rate. Not here: where records are kept and what is counted (../protecting.ts).
 */
import type { Finding } from './detectors.ts';
import type { DataProtectionPolicy, DataProtectionStatement } from './parse.ts';
import { isAbout, type Party } from './party.ts';

export interface IdentifierFindings {
  /** The identifier without what comes before its name in an ARN. */
  readonly name: string;
  readonly count: number;
  /** In characters of the text: the first is 0, `end` is behind the last. */
  readonly detections: readonly Finding[];
}

export interface Audit {
  /** Of every identifier that found something. */
  readonly findings: readonly IdentifierFindings[];
  /** Where the statement sends this; none where it has no destination for it. */
  readonly destinations: readonly string[];
}

/** Messages that an audit was asked about, sampled or not. */
const seen = new WeakMap<DataProtectionStatement, number>();

/**
 * @param texts of one message as it came in
 * @param publisher who publishes
 * @returns null without such a statement, for a principal it is not about, and for a message that is not in the sample
 */
export function auditOf(policy: DataProtectionPolicy, publisher: Party, texts: readonly string[]): Audit | null {
  const statement = policy.statements.find(({ operation }) => operation.kind === 'Audit');
  if (statement?.operation.kind !== 'Audit') return null;
  if (!isAbout(statement, publisher)) return null;
  const { sampleRate, findingsDestinations, noFindingsDestinations } = statement.operation;
  const before = seen.get(statement) ?? 0;
  seen.set(statement, before + 1);
  if (dueAfter(before + 1, sampleRate) === dueAfter(before, sampleRate)) return null;
  const findings = statement.identifiers.flatMap(({ name, find }) => {
    const detections = texts.flatMap((text) => inCharacters(text, find(text)));
    return detections.length === 0 ? [] : [{ name, count: detections.length, detections }];
  });
  return { findings, destinations: findings.length > 0 ? findingsDestinations : noFindingsDestinations };
}

const dueAfter = (messages: number, percent: number): number => Math.ceil((messages * percent) / 100);

/** Positions in UTF-16 become positions in characters: the text is counted through once, and only if the two differ. */
function inCharacters(text: string, findings: readonly Finding[]): readonly Finding[] {
  if (findings.length === 0 || !/[\ud800-\udfff]/.test(text)) return findings;
  const characterAt = new Uint32Array(text.length + 1);
  let [unit, characters] = [0, 0];
  for (const character of text) {
    characterAt[unit] = characters++;
    if (character.length === 2) characterAt[unit + 1] = characters;
    unit += character.length;
  }
  characterAt[unit] = characters;
  return findings.map(({ start, end }) => ({ start: characterAt[start]!, end: characterAt[end]! }));
}
