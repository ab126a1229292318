/**
 * `spillway record`: watch one endpoint without a screen until stopped; what it stores, the app shows.
 */
import type { Credentials } from '../../core/contract/shapes.ts';
import { fillTemplate, type MessageKey, messageText } from '../../core/messages/index.ts';
import { recordLines } from '../../core/messages/recordLines.ts';
import { numberOption, textOption } from '../arguments.ts';
import { type Command, untilStopped } from '../command.ts';
import { dbOption } from '../host/commonOptions.ts';
import { startEngine } from '../host/engine.ts';
import { defaultDatabaseFile } from '../host/paths.ts';
import { callEngine } from '../session.ts';

export const command: Command = {
  summary: { en: 'record an AWS account or an emulator until stopped', ko: '멈출 때까지 AWS 계정이나 에뮬레이터 기록' },
  options: {
    db: dbOption,
    name: {
      type: 'string',
      default: 'recording',
      value: 'TEXT',
      help: { en: 'name of the connection', ko: '연결 이름' },
    },
    region: {
      type: 'string',
      default: process.env.AWS_REGION ?? 'us-east-1',
      value: 'REGION',
      help: { en: 'Region', ko: '리전' },
    },
    endpoint: {
      type: 'string',
      value: 'URL',
      help: { en: 'endpoint of an emulator (default: AWS)', ko: '에뮬레이터의 엔드포인트(기본값: AWS)' },
    },
    profile: {
      type: 'string',
      value: 'NAME',
      help: {
        en: "profile of the AWS files (default: the SDK's chain)",
        ko: 'AWS 설정 파일의 프로필(기본값: SDK가 찾는 순서)',
      },
    },
    interval: { type: 'string', default: '60', value: 'SECONDS', help: { en: 'poll interval', ko: '수집 간격' } },
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
        pollIntervalSeconds: numberOption(values, 'interval', { min: 10, max: 3600, whole: true, example: '60' }),
      });
      const { name, pollIntervalSeconds: seconds } = status;
      io.print(fillTemplate(recordLines.recording[io.language], { name, seconds }));
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
