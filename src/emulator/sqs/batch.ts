/** Batches: refused as a whole for their form, answered entry by entry for their content. */
import { AwsError } from '../service.ts';
import { flag, required, type Shape, structure, text } from '../wire/shapes.ts';
import { batchErrors } from './errors.ts';
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
 * @throws AwsError for a batch that is empty, too long, or has ids that are malformed or repeated
 */
export function checkBatch(entries: readonly { readonly Id: string }[], entryType: string): void {
  if (entries.length === 0) throw batchErrors.empty(entryType);
  if (entries.length > maxEntries) throw batchErrors.tooMany(entries.length);
  const seen = new Set<string>();
  for (const { Id } of entries) {
    if (!/^[\w-]{1,80}$/.test(Id)) throw batchErrors.invalidId();
    if (seen.has(Id)) throw batchErrors.repeatedId(Id);
    seen.add(Id);
  }
}

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
      Failed.push({
        Id: entry.Id,
        SenderFault: thrown.fault === 'Sender',
        Code: thrown.queryCode,
        Message: thrown.message,
      });
    }
  }
  if (Failed.length === 0) return { Successful };
  return Successful.length === 0 ? { Failed } : { Successful, Failed };
}
