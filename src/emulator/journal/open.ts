/**
 * Opening a state file: begun anew where there is none, refused where it is not one, or not of the same cloud.
 */
import { SpillwayError } from '../../core/errors.ts';
import type { Certificate } from '../certificate/index.ts';
import { type Beginning, differenceOf, formatVersion, readHeader, type Wanted, writeHeader } from './header.ts';
import { splitLines } from './lines.ts';
import { StateFile } from './stateFile.ts';

export interface StoredState {
  readonly file: StateFile;
  /** What the cloud is to be begun with. */
  readonly beginning: Beginning;
  /** Checksum of the first line, from which the entries go on. */
  readonly chain: number;
}

/**
 * @param wanted what a new file is begun with; an older file keeps its instant, and the rest must be the same
 * @param makeSigning for a new file
 * @throws SpillwayError STATE_IN_USE, STATE_FOREIGN, STATE_VERSION, STATE_DAMAGED, STATE_DIFFERS, FILE_UNWRITABLE
 */
export function openState(name: string, wanted: Wanted, makeSigning: () => Certificate): StoredState {
  const file = new StateFile(name);
  try {
    return file.size === 0 ? beginState(file, { ...wanted, signing: makeSigning() }) : goOn(file, wanted);
  } catch (thrown) {
    file.close();
    throw thrown;
  }
}

/** Whatever was in it is gone. @throws SpillwayError FILE_UNWRITABLE; then nothing is gone */
export function beginState(file: StateFile, beginning: Beginning): StoredState {
  const { line, chain } = writeHeader(beginning);
  file.replace(line);
  return { file, beginning, chain };
}

function goOn(file: StateFile, wanted: Wanted): StoredState {
  const [first] = splitLines(file.pieces());
  const header = readHeader(first!.line, first!.ended);
  switch (header.kind) {
    case 'foreign':
      throw new SpillwayError('STATE_FOREIGN', { file: file.name });
    case 'otherVersion':
      throw new SpillwayError('STATE_VERSION', { file: file.name, found: header.version, known: formatVersion });
    case 'damaged':
      throw damagedAt(file, 1, 0);
    case 'header': {
      const difference = differenceOf(header.beginning, wanted);
      if (difference !== null) throw new SpillwayError('STATE_DIFFERS', { file: file.name, ...difference });
      return { file, beginning: header.beginning, chain: header.chain };
    }
  }
}

export const damagedAt = (file: StateFile, line: number, byte: number): SpillwayError =>
  new SpillwayError('STATE_DAMAGED', { file: file.name, line, byte });
