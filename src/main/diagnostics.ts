/**
 * The text of Help > Copy diagnostics: versions, state and the end of the log, redacted; for a bug report.
 */
import { redact } from './redact.ts';

export interface DiagnosticsInput {
  readonly version: string;
  readonly versions: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly engineState: string;
  readonly databaseFile: string;
  readonly logTail: string;
}

const shownVersions = ['electron', 'chrome', 'node', 'v8'];

export function diagnosticsText(input: DiagnosticsInput): string {
  const versions = shownVersions.map((name) => `${name} ${input.versions[name] ?? '(none)'}`).join(', ');
  return redact(
    [
      `Spillway ${input.version} on ${input.platform}`,
      versions,
      `engine: ${input.engineState}`,
      `database: ${input.databaseFile}`,
      '',
      input.logTail.trimEnd(),
      '',
    ].join('\n'),
  );
}
