/**
 * `spillway record`: watch one endpoint without a screen until stopped; what it stores, the app shows.
 */
import type { Credentials } from '../../core/contract/shapes.ts';
import { type MessageKey, messageText } from '../../core/messages/index.ts';
import { numberOption, textOption } from '../arguments.ts';
import { type Command, untilStopped } from '../command.ts';
import { startEngine } from '../host/engine.ts';
import { defaultDatabaseFile } from '../host/paths.ts';
import { callEngine } from '../session.ts';

export const command: Command = {
  summary: 'record an AWS account or an emulator until stopped',
  options: {
    db: { type: 'string', value: 'FILE', help: 'database (default: the one of the desktop app)' },
    name: { type: 'string', default: 'recording', value: 'TEXT', help: 'name of the connection' },
    region: { type: 'string', default: process.env.AWS_REGION ?? 'us-east-1', value: 'REGION', help: 'Region' },
    endpoint: { type: 'string', value: 'URL', help: 'endpoint of an emulator (default: AWS)' },
    profile: { type: 'string', value: 'NAME', help: "profile of the AWS files (default: the SDK's chain)" },
    interval: { type: 'string', default: '60', value: 'SECONDS', help: 'poll interval' },
  },
  async run(values, io) {
    const endpoint = textOption(values, 'endpoint') ?? null;
    const profile = textOption(values, 'profile');
    const engine = await startEngine(textOption(values, 'db') ?? defaultDatabaseFile(), 'cli', io);
    try {
      const status = await callEngine(engine, 'connections.add', {
        name: textOption(values, 'name')!,
        kind: endpoint === null ? 'aws' : 'emulator',
        region: textOption(values, 'region')!,
        endpoint,
        credentials: credentialsFor(profile, endpoint),
        pollIntervalSeconds: numberOption(values, 'interval', { min: 10, max: 3600, whole: true }),
      });
      io.print(`Recording "${status.name}" every ${status.pollIntervalSeconds} s. Stop with Ctrl+C.`);
      let told = '';
      engine.listen((push) => {
        if (push.topic !== 'connections') return;
        const current = push.payload as {
          id: string;
          state: string;
          error: { code: string; params: Record<string, string | number> } | null;
        }[];
        const error = current.find((connection) => connection.id === status.id)?.error ?? null;
        const words =
          error === null ? '' : messageText(io.language, { code: error.code as MessageKey, params: error.params });
        // Each trouble is said once, not once a minute.
        if (words !== told && words !== '') io.complain(words);
        told = words;
      });
      await untilStopped();
      return 0;
    } finally {
      await engine.close();
    }
  },
};

function credentialsFor(profile: string | undefined, endpoint: string | null): Credentials {
  if (profile !== undefined) return { kind: 'profile', profile };
  const inEnvironment = process.env.AWS_ACCESS_KEY_ID !== undefined;
  // An emulator takes any keys; the user should not have to make some up.
  return endpoint !== null && !inEnvironment
    ? { kind: 'static', accessKeyId: 'test', secretAccessKey: 'test' }
    : { kind: 'default' };
}
