/**
 * Where the unattended demo writes: four known files. An earlier demo's recording is replaced, anybody else's is not.
 */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { SpillwayError } from '../../core/errors.ts';
import { phrases } from '../../core/messages/terms.ts';
import { writeGivenFile } from '../host/files.ts';

/** Written beside the recording; only a folder that has it was made by the demo. */
const marker = '.spillway-demo';

export interface OutputFolder {
  readonly recordingFile: string;
  write(name: string, text: string): void;
}

/** @throws SpillwayError NOT_AVAILABLE_HERE when the folder holds a recording that no demo made, FILE_UNWRITABLE */
export function prepareOutputFolder(folder: string): OutputFolder {
  const recordingFile = path.join(folder, 'recording.sqlite');
  try {
    mkdirSync(folder, { recursive: true });
    if (existsSync(recordingFile) && !existsSync(path.join(folder, marker))) {
      throw new SpillwayError('NOT_AVAILABLE_HERE', {
        what: `--out ${folder}`,
        why: phrases([{ term: 'not-a-demo-folder' }]),
      });
    }
    for (const suffix of ['', '-wal', '-shm']) rmSync(recordingFile + suffix, { force: true });
    writeFileSync(path.join(folder, marker), 'Made by `spillway demo`, which may replace the files here.\n');
  } catch (error) {
    if (error instanceof SpillwayError) throw error;
    throw new SpillwayError('FILE_UNWRITABLE', {
      file: folder,
      detail: error instanceof Error ? error.message : String(error),
    });
  }
  return {
    recordingFile,
    write: (name, text) => writeGivenFile(path.join(folder, name), text),
  };
}
