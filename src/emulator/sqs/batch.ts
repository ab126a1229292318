/** Batches: refused as a whole for their form, answered entry by entry for their content. */
import { AwsError } from '../service.ts';
import { flag, required, type Shape, structure, text } from '../wire/shapes.ts';
import { batchErrors, missingParameter, SpentHandle } from './errors.ts';
import { flatList } from './wireShapes.ts';

export interface BatchFailure {
  readonly Id: string;
  readonly SenderFault: boolean;
  readonly Code: string;
  readonly Message: string;
}

export const failedEntries: Shape = flatList(
  structure({ Id: required(text), SenderFault: required(flag), Code: required(text), Message: text }),
  'BatchResultErrorEntry',
);

const maxEntries = 10;

/**
 * Query has no way to write an empty list, so a batch that is missing is an empty one, in every protocol.
 *
 * @param entries as they came, with or without their ids; with them when this returns
 * @throws AwsError for a batch that is empty, too long, or has ids that are missing, malformed or repeated
 */
export function checkBatch(entries: readonly { readonly Id?: string }[], entryType: string): void {
  if (entries.length === 0) throw batchErrors.empty(entryType);
  if (entries.length > maxEntries) throw batchErrors.tooMany(entries.length);
  // No set: of ten at most, a list is looked through sooner.
  const seen: string[] = [];
  for (const { Id } of entries) {
    if (Id === undefined) throw missingParameter(`${entryType}.${seen.length + 1}.Id`);
    if (!isBatchId(Id)) throw batchErrors.invalidId();
    if (seen.includes(Id)) throw batchErrors.repeatedId(Id);
    seen.push(Id);
  }
}

/** 1 to 80 letters, digits, hyphens and underscores. Mostly one, for which a regular expression takes ten times as long. */
function isBatchId(id: string): boolean {
  if (id.length === 0 || id.length > 80) return false;
  for (let at = 0; at < id.length; at++) if (!isWordUnit(id.charCodeAt(at))) return false;
  return true;
}

const isWordUnit = (unit: number): boolean =>
  (unit >= 0x30 && unit <= 0x39) || // 0 to 9
  (unit >= 0x61 && unit <= 0x7a) || // a to z
  (unit >= 0x41 && unit <= 0x5a) || // A to Z
  unit === 0x2d ||
  unit === 0x5f;

/** Runs every entry; one that is refused does not touch the others. Empty lists are left out, as AWS does. */
export function runBatch<Entry extends { readonly Id: string }, Done>(
  entries: readonly Entry[],
  run: (entry: Entry, index: number) => Done,
): { Successful?: Done[]; Failed?: BatchFailure[] } {
  const Successful: Done[] = [];
  const Failed: BatchFailure[] = [];
  for (let index = 0; index < entries.length; index++) {
    const entry = entries[index]!;
    try {
      Successful.push(run(entry, index));
    } catch (thrown) {
      if (!(thrown instanceof AwsError)) throw thrown;
      const { fault, queryCode, message } = thrown instanceof SpentHandle ? thrown.inBatch : thrown;
      Failed.push({ Id: entry.Id, SenderFault: fault === 'Sender', Code: queryCode, Message: message });
    }
  }
  if (Failed.length === 0) return { Successful };
  return Successful.length === 0 ? { Failed } : { Successful, Failed };
}
