import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCertificate } from '../../../src/emulator/certificate/index.ts';
import { spillway, startSpillway } from './run.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'spillway-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function given(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

describe('words', () => {
  it('lists the commands', async () => {
    const { status, out } = await spillway(['--help']);
    expect(status).toBe(0);
    for (const name of [
      'demo',
      'emulator',
      'serve',
      'link',
      'import',
      'record',
      'calibrate',
      'replay',
      'replay-stream',
      'export',
    ])
      expect(out).toMatch(new RegExp(`^  ${name} `, 'm'));
  });

  it.each([
    { words: ['dance'], says: 'There is no command "dance"' },
    { words: ['demo'], says: '--out is missing' },
    { words: ['emulator', '--clock', 'fast'], says: '--clock is "fast", expected real, stepped' },
    { words: ['emulator', '--port', '70000'], says: '--port is "70000", expected a whole number from 0 to 65535' },
    { words: ['emulator', '--account', '1234'], says: '--account is "1234", expected twelve digits' },
    { words: ['emulator', '--region', 'here'], says: '--region is "here", expected the name of a Region' },
    {
      words: ['emulator', '--services', 'sqs,s3'],
      says: '--services has "s3", expected some of autoscaling, cloudwatch',
    },
    {
      words: ['emulator', '--sqs-faults', 'x=1'],
      says: '--sqs-faults has "x=1", expected NAME=NUMBER with one of duplicateShare',
    },
    {
      words: ['emulator', '--sqs-faults', 'duplicateShare=2'],
      says: '--sqs-faults has "duplicateShare=2", expected a number from 0 to 1',
    },
    { words: ['emulator', '--port', ' '], says: '--port is " ", expected a whole number from 0 to 65535' },
    { words: ['emulator', '--clock', 'x100001'], says: '--clock is "x100001", expected at most x100000' },
    {
      words: ['emulator', '--sqs-faults', 'duplicateShare=0.1,duplicateShare=0.2'],
      says: '--sqs-faults has duplicateShare twice',
    },
    {
      words: ['emulator', '--lambda-targets', 'resize=ftp://127.0.0.1/'],
      says: '--lambda-targets has "resize=ftp://127.0.0.1/", expected NAME=URL',
    },
    {
      words: ['emulator', '--lambda-targets', 'a=http://127.0.0.1:1/,a=http://127.0.0.1:2/'],
      says: '--lambda-targets has a twice',
    },
    { words: ['emulator', '--services', ''], says: '--services has "", expected some of' },
    { words: ['emulator', '--tls-cert', 'c.pem'], says: '--tls-cert and --tls-key belong together; one is missing' },
    { words: ['emulator', '--tls-cert-out', 'c.pem'], says: '--tls-cert-out needs --tls' },
    {
      words: ['emulator', '--tls-cert', 'c.pem', '--tls-key', 'k.pem', '--tls-cert-out', 'o.pem'],
      says: 'expected it without --tls-cert',
    },
    { words: ['serve', '--colour'], says: 'There is no option --colour here' },
    { words: ['export', '--from', 'yesterday', '--to', 'now'], says: 'expected an instant in ISO 8601 with an offset' },
    {
      words: ['export', '--from', '2026-03-02T01:00:00Z', '--to', '2026-03-02T00:00:00Z'],
      says: 'expected an instant after --from',
    },
  ])('status 2 and help for $words', async ({ words, says }) => {
    const { status, err } = await spillway(words);
    expect(status).toBe(2);
    expect(err).toContain(says);
  });

  it.each([
    {
      words: ['dance'],
      says: '"dance" 명령은 없습니다. 아래 명령 중에서 고르세요.',
      help: '\n  serve          일회용 링크로',
    },
    {
      words: ['serv'],
      says: '"serv" 명령은 없습니다. 혹시 "serve" 아닌가요?',
      help: '\n  serve          일회용 링크로',
    },
    { words: ['serve', '--colour'], says: '--colour 옵션은 여기에 없습니다.', help: '\nspillway serve: 일회용 링크로' },
    { words: ['serve', '--port', 'x'], says: '--port 값이 "x"입니다. 필요한 값: 0~65535의 정수.', help: '(기본값: 0)' },
  ])('status 2 and help in Korean for $words', async ({ words, says, help }) => {
    const { status, err } = await spillway(words, { SPILLWAY_LANG: 'ko' });
    expect([status, err.startsWith(says), err.includes(help)]).toEqual([2, true, true]);
  });

  it('help in Korean', async () => {
    const all = await spillway(['--help'], { SPILLWAY_LANG: 'ko' });
    expect([all.status, all.out]).toEqual([0, expect.stringContaining('\n  serve          일회용 링크로')]);
    const one = await spillway(['serve', '--help'], { SPILLWAY_LANG: 'ko' });
    expect([one.status, one.out]).toEqual([0, expect.stringMatching(/^spillway serve: 일회용 링크로/)]);
  });
});

describe('traces', () => {
  const zoneless = 'time,value\n2025-01-01 00:00:00,10\n2025-01-01 00:01:00,90\n2025-01-01 00:02:00,20\n';

  it('a sample is replayed in one command, with yardsticks and antipatterns', async () => {
    const { status, out, err } = await spillway(['replay', '--sample', 'nasa']);
    expect(status, err).toBe(0);
    expect(err).toContain('Read 39693 rows every 60 s');
    expect(out).toContain('Steps on the backlog');
    expect(out).toContain('theta_U / theta_O');
    expect(out).toContain('Antipatterns');
    expect(out).not.toMatch(/^recorded fleet/m);
  });

  it('asks for the zone that a file does not tell, stores nothing, and goes on with the answer', async () => {
    const db = path.join(folder, 'spillway.sqlite');
    const file = given('shop.csv', zoneless);
    const asked = await spillway(['import', '--db', db, '--file', file]);
    expect(asked.status).toBe(1);
    expect(asked.out).toContain('name no zone');
    expect(asked.out).toContain('--zone');
    const told = await spillway(['import', '--db', db, '--file', file, '--zone', '+09:00', '--factor', '10']);
    expect(told.status, told.err).toBe(0);
    expect(told.out).toContain('spillway replay --queue "shop"');
    const replayed = await spillway(['replay', '--db', db, '--queue', 'shop', '--json']);
    expect(replayed.status, replayed.err).toBe(0);
    const { runs } = JSON.parse(replayed.out) as { runs: { columns: { arrivals: number[]; times: number[] } }[] };
    expect(runs[0]!.columns.arrivals).toEqual([100, 900, 200]);
    expect(runs[0]!.columns.times[0]! * 1000).toBe(Date.UTC(2024, 11, 31, 15));
  });

  it('a replay of a zone-less file asks, too', async () => {
    const { status, err, out } = await spillway(['replay', '--trace', given('shop.csv', zoneless)]);
    expect(status).toBe(1);
    expect(err).toContain('--zone');
    expect(out).toBe('');
  });

  it('bands say how far the figures may be off, the same with one seed', async () => {
    const words = ['replay', '--sample', 'azure-llm', '--bands', '20', '--seed', '3'];
    const first = await spillway(words);
    expect(first.status, first.err).toBe(0);
    expect(first.out).toMatch(/Uncertainty: p50 \(p5 – p95\) of 20 runs, seed 3/);
    expect((await spillway(words)).out).toBe(first.out);
    // In a report, too: the same figures, and columns in JSON.
    for (const ending of ['md', 'html', 'json']) {
      const report = path.join(folder, `bands.${ending}`);
      expect((await spillway([...words, '--out', report])).status).toBe(0);
      const text = readFileSync(report, 'utf8');
      if (ending === 'json')
        expect((JSON.parse(text) as { bands: { runs: number }[] }).bands.map(({ runs }) => runs)).toEqual([20, 20]);
      else expect(text).toContain('Uncertainty: p50 (p5 – p95) of 20 runs, seed 3');
    }
    // Message by message, too, with what single messages take: other figures, in the report as well.
    const report = path.join(folder, 'messages.md');
    const byMessage = await spillway([...words, '--plant', 'per-message', '--out', report]);
    expect(byMessage.status, byMessage.err).toBe(0);
    const bandsIn = (text: string) => text.slice(text.indexOf('Uncertainty: p50'));
    expect(bandsIn(byMessage.out)).toMatch(/of 20 runs, seed 3/);
    expect(bandsIn(byMessage.out)).not.toBe(bandsIn(first.out));
    const [peak] = /peak backlog, messages +(\d+)/.exec(bandsIn(byMessage.out))!.slice(1);
    expect(bandsIn(readFileSync(report, 'utf8'))).toContain(Number(peak).toLocaleString('en'));
  });

  it('the example setup and scripted faults are replayed: what changed the group without an alarm is told', async () => {
    const setup = path.resolve(import.meta.dirname, '../../../examples/setups/morning-schedule.yaml');
    const words = ['replay', '--sample', 'nasa', '--setup', setup, '--json'];
    const plain = await spillway(words);
    expect(plain.status, plain.err).toBe(0);
    const changes = (out: string) =>
      (JSON.parse(out) as { runs: { groupChanges: { kind: string; name: string; instancesLost: number }[] }[] })
        .runs[0]!.groupChanges;
    expect(changes(plain.out).map(({ name }) => name)).toEqual(['night', 'morning']);
    const spot = await spillway([...words, '--spot', '1995-07-28T14:00:00Z=2']);
    expect(changes(spot.out).at(-1)).toMatchObject({ kind: 'spot-interruption', instancesLost: 2 });
    const wrong = await spillway([...words, '--spot', 'noon=2']);
    expect(wrong.status).toBe(2);
    expect(wrong.err).toContain('expected an instant in ISO 8601 with an offset');
  });

  it('[REP-52, REP-54, REP-61] every message by itself: a timeout shorter than the work makes duplicates, poison ends as dead letters', async () => {
    const words = [
      'replay',
      '--shape',
      'constant:rate=60',
      '--duration',
      '3h',
      '--throughput',
      '30',
      '--plant',
      'per-message',
    ];
    const counted = async (messages: string) => {
      const { out, err, status } = await spillway([...words, '--messages', messages, '--json']);
      expect(status, err).toBe(0);
      return (JSON.parse(out) as { runs: { messageCounts: Record<string, number> }[] }).runs[0]!.messageCounts;
    };
    // Two seconds of work each.
    const calm = await counted('service=constant,visibilityTimeoutSeconds=30');
    expect(calm).toMatchObject({ sent: 10_800, wasted: 0, timedOut: 0, deadLettered: 0 });
    const storm = await counted('service=constant,visibilityTimeoutSeconds=1');
    expect(storm.timedOut).toBeGreaterThan(5000);
    expect(storm.wasted).toBeGreaterThan(5000);
    const poison = await counted('service=lognormal:2,poisonShare=0.05,maxReceiveCount=2,visibilityTimeoutSeconds=60');
    expect(poison.deadLettered / poison.sent).toBeGreaterThan(0.035);
    expect(poison.deadLettered / poison.sent).toBeLessThan(0.065);
    const told = await spillway([...words, '--messages', 'batchSize=10'], { SPILLWAY_LANG: 'ko' });
    expect(told.out).toMatch(/처리 후 삭제 +[\d,]+/);
    const wrong = await spillway([...words, '--messages', 'colour=1']);
    expect(wrong.err).toContain('--messages has "colour", expected one of seed, spread');
    const kind = await spillway([...words, '--messages', 'service=lognormal']);
    expect(kind.err).toContain('"service=lognormal", expected one of constant, exponential, uniform, erlang:STAGES');
    const flow = await spillway(['replay', '--sample', 'nasa', '--messages', 'batchSize=10']);
    expect(flow.err).toContain('--messages needs --plant per-message');
  });

  it('[IMP-50, IMP-52] traffic by description is replayed, the same for the same seed; a wrong part is named', async () => {
    const words = [
      'replay',
      '--shape',
      'daily:mean=600,amplitude=400 + crowd:at=1140,height=1800 + chance:seed=3',
      '--json',
    ];
    const first = await spillway(words);
    expect(first.status, first.err).toBe(0);
    expect((await spillway(words)).out).toBe(first.out);
    const { runs } = JSON.parse(first.out) as { runs: { columns: { arrivals: number[] } }[] };
    const { arrivals } = runs[0]!.columns;
    expect(arrivals).toHaveLength(1440);
    // 14 o'clock is the wave's top, 02 its bottom, the crowd's top is at 1145 to 1175.
    expect(Math.abs(arrivals[840]! - 1000)).toBeLessThan(150);
    expect(Math.abs(arrivals[120]! - 200)).toBeLessThan(75);
    expect(arrivals[1160]).toBeGreaterThan(2300);
    const wrong = await spillway(['replay', '--shape', 'daily:mean=600'], { SPILLWAY_LANG: 'ko' });
    expect(wrong.status).toBe(1);
    expect(wrong.err).toContain('모양의 "daily:mean=600" 부분을 쓸 수 없습니다: amplitude가 없습니다');
    const long = await spillway(['replay', '--shape', 'constant:rate=5', '--duration', 'week']);
    expect(long.err).toContain('--duration is "week", expected a time such as 90m, 36h or 7d');
  });

  it('[IMP-43, IMP-44] a second file is put over the first, and what arrives can be spread over longer periods', async () => {
    const file = (name: string, from: string, values: readonly number[]) => {
      const rows = values.map((value, at) => `${new Date(Date.parse(from) + at * 60_000).toISOString()},${value}`);
      writeFileSync(path.join(folder, name), `timestamp,value\n${rows.join('\n')}\n`);
      return path.join(folder, name);
    };
    const base = file('base.csv', '2026-03-02T00:00:00Z', new Array<number>(60).fill(10));
    const over = file('over.csv', '2026-03-01T12:00:00Z', new Array<number>(5).fill(100));
    const replay = async (...more: string[]) => {
      const { out, err, status } = await spillway(['replay', '--trace', base, ...more, '--json']);
      expect(status, err).toBe(0);
      return (JSON.parse(out) as { runs: { columns: { arrivals: number[] } }[] }).runs[0]!.columns.arrivals;
    };
    const spliced = await replay('--splice', `${over}@2026-03-02T00:10:00Z`);
    expect(spliced.slice(8, 17)).toEqual([10, 10, 100, 100, 100, 100, 100, 10, 10]);
    const spread = await replay('--splice', `${over}@2026-03-02T00:10:00Z`, '--resample', '600');
    expect(spread.slice(9, 21)).toEqual([10, ...new Array<number>(10).fill(55), 10]);
    const off = await spillway(['replay', '--trace', base, '--splice', `${over}@2026-03-02T00:10:30Z`]);
    expect(off.err).toContain('does not begin a whole number of minutes from the other');
    const missing = await spillway(['replay', '--trace', base, '--splice', 'nowhere.csv']);
    expect(missing.err).toContain('nowhere.csv');
  });

  it('the example setups of other services are replayed side by side, and their decisions are told', async () => {
    const example = (name: string) => path.resolve(import.meta.dirname, '../../../examples/setups', name);
    const services = await spillway(['replay', '--sample', 'nasa', '--setup', example('services.yaml'), '--json']);
    expect(services.status, services.err).toBe(0);
    const { runs } = JSON.parse(services.out) as { runs: { label: string; decisions: { kind?: string }[] }[] };
    expect(runs.map(({ decisions }) => [...new Set(decisions.map(({ kind }) => kind))])).toEqual([
      ['target-tracking'],
      ['keda'],
      ['hpa'],
      ['lambda'],
      [],
    ]);
    const told = await spillway([
      'replay',
      '--sample',
      'nasa',
      '--setup',
      example('target-tracking.yaml'),
      '--decisions',
    ]);
    expect(told.status, told.err).toBe(0);
    expect(told.out).toMatch(/backlog-per-instance sees [\d.]+, 100 is the target\./);
    expect(told.out).toMatch(/queue-old is in ALARM: age of the oldest message, > 240 s in 2 of 2\./);
  });

  it('a setup with a scaler that does not exist, or a field it does not have, is refused with what there is', async () => {
    const file = path.join(folder, 'scaler.yaml');
    const group = '{ minSize: 0, maxSize: 9, defaultInstanceWarmupSeconds: null, defaultCooldownSeconds: 300 }';
    const with_ = (scaler: string) =>
      writeFileSync(file, `label: x\ngroup: ${group}\npolicies: []\nscaler: ${scaler}\n`);
    with_('{ kind: nomad }');
    const kind = await spillway(['replay', '--sample', 'nasa', '--setup', file]);
    expect(kind.status).toBe(1);
    expect(kind.err).toContain('scaler.kind is "nomad", expected ecs | keda | hpa | lambda');
    with_('{ kind: hpa, targetUtilizationPercent: 70, queueLength: 5 }');
    const field = await spillway(['replay', '--sample', 'nasa', '--setup', file]);
    expect(field.err).toContain(
      'scaler.queueLength is not a field here. Fields: kind, targetUtilizationPercent, behavior',
    );
    with_('{ kind: lambda, maximumConcurrency: 1 }');
    const refused = await spillway(['replay', '--sample', 'nasa', '--setup', file]);
    expect(refused.err).toContain('scaler.maximumConcurrency');
  });

  it('says what is wrong with the words and with the file, in Korean too', async () => {
    const both = await spillway(['replay', '--sample', 'nasa', '--queue', 'shop']);
    expect(both.status).toBe(2);
    expect(both.err).toContain('expected one of --queue, --trace, --sample and --shape');
    const missing = await spillway(['import', '--db', path.join(folder, 'x.sqlite'), '--file', 'no-such.csv'], {
      SPILLWAY_LANG: 'ko',
    });
    expect(missing.status).toBe(1);
    expect(missing.err).toContain('읽을 수 없습니다');
  });
});

describe('replay-stream', () => {
  const words = ['replay-stream', '--db', 'none.sqlite'];

  it.each([
    { words: [], en: '--stream is missing, expected the name or ARN of a recorded stream', ko: '--stream이 없습니다' },
    {
      words: ['--stream', 'clicks'],
      en: '--shards is missing, expected whole numbers of shards from 1 to 10000, separated by commas, or --on-demand',
      ko: '--shards가 없습니다',
    },
    {
      words: ['--stream', 'clicks', '--shards', '4,x'],
      en: '--shards is "4,x", expected whole numbers of shards from 1 to 10000, separated by commas, or --on-demand instead. Write it like this: --shards 4,8',
      ko: '--shards 값이 "4,x"입니다',
    },
    {
      words: ['--stream', 'clicks', '--shards', '1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16', '--on-demand'],
      en: 'expected at most 16 candidates at once',
      ko: '최대 16가지 구성',
    },
    {
      words: ['--stream', 'clicks', '--shards', '4', '--hot-key', 'a=0.7,b=0.7'],
      en: '--hot-key is "a=0.7,b=0.7", expected a partition key and its share',
      ko: '필요한 값: 파티션 키와 트래픽 비율',
    },
    {
      words: ['--stream', 'clicks', '--shards', '4', '--consumers', '0'],
      en: '--consumers is "0", expected a whole number from 1 to 50',
      ko: '필요한 값: 1~50의 정수',
    },
    {
      words: ['--stream', 'clicks', '--shards', '4', '--worker-rate', 'fast'],
      en: '--worker-rate is "fast", expected a number from',
      ko: '--worker-rate 값이 "fast"입니다',
    },
    {
      words: ['--stream', 'clicks', '--shards', '4', '--from', '2026-03-02T00:00:00Z'],
      en: '--to is missing, expected --from and --to together',
      ko: '--from과 --to 둘 다',
    },
    {
      words: ['--stream', 'clicks', '--shards', '4', '--from', '2026-03-02T00:00:00Z', '--to', 'noon'],
      en: '--to is "noon", expected an instant in ISO 8601 with an offset',
      ko: 'ISO 8601 시각',
    },
    {
      words: ['--stream', 'clicks', '--shards', '4', '--reshard', '2026-03-02T00:00:00Z=many'],
      en: '--reshard is "2026-03-02T00:00:00Z=many", expected an instant with an offset and a number of shards',
      ko: '오프셋이 있는 시각과 샤드 수',
    },
    {
      words: ['--stream', 'clicks', '--shards', '4', '--auto', '8-2'],
      en: '--auto is "8-2", expected the fewest and the most shards',
      ko: '최소와 최대 샤드 수',
    },
  ])('status 2, in both languages, for $words', async ({ words: more, en, ko }) => {
    const english = await spillway([...words, ...more]);
    expect(english.status).toBe(2);
    expect(english.err).toContain(en);
    const korean = await spillway([...words, ...more], { SPILLWAY_LANG: 'ko' });
    expect(korean.status).toBe(2);
    expect(korean.err).toContain(ko);
  });

  it('does not begin a database where there is none', async () => {
    const db = path.join(folder, 'typo.sqlite');
    const { status, err } = await spillway(['replay-stream', '--db', db, '--stream', 'clicks', '--shards', '4']);
    expect(status).toBe(1);
    expect(err).toContain(`There is no recording at ${db}`);
    expect(existsSync(db)).toBe(false);
  });
});

describe('emulator', () => {
  it('names every fault of a scenario with file, line, field and what was expected', async () => {
    const file = given(
      'wrong.yaml',
      'name: wrong\nseed: many\nstart: "2026-03-02T00:00:00Z"\ndurationHours: 1\nqueues: []\nqeues: []\n',
    );
    const { status, err } = await spillway(['emulator', '--port', '0', '--scenario', file]);
    expect(status).toBe(1);
    expect(err).toMatch(/wrong\.yaml, line 2: seed is .*many.*, expected/);
    expect(err).toMatch(/line 6: .*qeues/);
  });

  it('says the same in Korean', async () => {
    const file = given('wrong.yaml', 'name: wrong\nseed: many\nstart: "2026-03-02T00:00:00Z"\ndurationHours: 1\n');
    const { err } = await spillway(['emulator', '--port', '0', '--scenario', file], { SPILLWAY_LANG: 'ko' });
    expect(err).toMatch(/2행: seed 값이/);
  });

  it('says when its port is taken', async () => {
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
    const { port } = blocker.address() as { port: number };
    const { status, err } = await spillway(['emulator', '--port', String(port)]);
    blocker.close();
    expect(status).toBe(1);
    expect(err).toContain(`Port ${port} on 127.0.0.1 is taken`);
  });

  it.each([
    ['a certificate that is not there', ['--tls-cert', 'nope.pem', '--tls-key', 'nope.pem'], /^Cannot read nope\.pem/],
    ['a key file that is not there', ['--verify-signatures', 'nope'], /^Cannot read nope/],
    ['a folder that is not there', ['--tls', '--tls-cert-out', 'no/such/c.pem'], /^Cannot write no\/such\/c\.pem/],
  ])('says when it is given %s', async (_what, words, says) => {
    const { status, err } = await spillway(['emulator', '--port', '0', ...words]);
    expect([status, err]).toEqual([1, expect.stringMatching(says)]);
  });

  it('says when a certificate and a key are none', async () => {
    const file = given('c.pem', 'not a certificate');
    const { status, err } = await spillway(['emulator', '--port', '0', '--tls-cert', file, '--tls-key', file]);
    expect([status, err]).toEqual([
      1,
      expect.stringMatching(/^The certificate and key cannot be used: .*--tls-cert and --tls-key/),
    ]);
  });

  it('names every fault of a key file, in Korean too', async () => {
    const words = [
      'emulator',
      '--port',
      '0',
      '--verify-signatures',
      given('keys', 'ONLY\nGOOD secret\nGOOD secret 12\n'),
    ];
    const { status, err } = await spillway(words);
    expect([status, err.trim().split('\n')]).toEqual([
      1,
      [
        expect.stringMatching(/keys, line 1: there is only one word, expected ACCESS_KEY_ID/),
        expect.stringMatching(/keys, line 3: the access key ID of line 2 stands here again/),
      ],
    ]);
    expect((await spillway(words, { SPILLWAY_LANG: 'ko' })).err).toMatch(/keys 1행: .*필요한 형식: ACCESS_KEY_ID/);
  });

  it('answers with the certificate it was given, for the account, Region and services it was given', async () => {
    const { certificatePem, privateKeyPem } = createCertificate({
      commonName: 'localhost',
      altNames: ['127.0.0.1'],
      notBefore: Date.now() - 60_000,
      days: 1,
      keyType: 'ec-p256',
    });
    const files = ['--tls-cert', given('c.pem', certificatePem), '--tls-key', given('k.pem', privateKeyPem)];
    const chosen = ['--services', 'sts,sqs', '--account', '444455556666', '--region', 'ap-northeast-2'];
    const { line, stop } = await startSpillway(
      ['emulator', '--port', '0', '--strict-quotas', ...files, ...chosen],
      /AWS_ENDPOINT_URL=(https:\S+) AWS_REGION=(\S+) AWS_DEFAULT_REGION=\2 AWS_ACCESS_KEY_ID=test/,
    );
    const call = (body: string): Promise<string> =>
      new Promise((resolve, reject) => {
        const headers = { 'content-type': 'application/x-www-form-urlencoded' };
        const request = httpsRequest(line[1]!, { ca: certificatePem, method: 'POST', headers }, (reply) => {
          reply.setEncoding('utf8').on('data', resolve);
        });
        request.on('error', reject).end(body);
      });
    expect(await call('Action=GetCallerIdentity&Version=2011-06-15')).toContain('<Account>444455556666</Account>');
    expect(await call('Action=CreateQueue&Version=2012-11-05&QueueName=q')).toContain(`${line[1]}/444455556666/q`);
    expect(
      await call('Action=GetQueueAttributes&Version=2012-11-05&QueueUrl=/444455556666/q&AttributeName.1=QueueArn'),
    ).toContain(`arn:aws:sqs:${line[2]}:444455556666:q`);
    expect(await call('Action=ListTopics&Version=2010-03-31')).toContain(
      'sns is not served by this emulator, which serves sqs, sts',
    );
    expect(line[2]).toBe('ap-northeast-2');
    expect(await stop()).toBe(0);
  });

  it('says that clients must trust the certificate it made, and prints no secret of a key file', async () => {
    const keyFile = given('keys', 'AKIDEXAMPLE hush\n');
    const { line, stop } = await startSpillway(
      ['emulator', '--port', '0', '--tls', '--verify-signatures', keyFile],
      /^.*--tls-cert-out FILE.*$/s,
    );
    expect(line[0]).toContain(`set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY to a key of ${keyFile}`);
    expect(line[0]).not.toContain('hush');
    expect(await stop()).toBe(0);
  });

  it('prints an endpoint that answers, and ends when told to', async () => {
    const { line, stop } = await startSpillway(
      ['emulator', '--port', '0', '--clock', 'stepped'],
      /ready at (http:\/\/127\.0\.0\.1:\d+)/,
    );
    const health = await fetch(`${line[1]}/_spillway/health`);
    expect(health.status).toBe(200);
    expect(await stop()).toBe(0);
  });

  it('speaks the language of the locale where none was chosen, and a shell reads the same line', async () => {
    // Set to nothing counts as not set.
    const locale = { SPILLWAY_LANG: '', LC_ALL: '', LC_MESSAGES: '', LANG: 'ko_KR.UTF-8' };
    const { line, stop } = await startSpillway(
      ['emulator', '--port', '0', '--clock', 'stepped'],
      /^에뮬레이터 준비 완료: (\S+)\n.*\nexport AWS_ENDPOINT_URL=(\S+) /,
      locale,
    );
    expect(line[2]).toBe(line[1]);
    expect((await fetch(`${line[2]}/_spillway/health`)).status).toBe(200);
    const port = new URL(line[2]!).port;
    const { status, err } = await spillway(['emulator', '--port', port], locale);
    expect([status, err]).toEqual([1, expect.stringContaining(`${port} 포트를 다른 프로그램이 쓰고 있습니다.`)]);
    expect(await stop()).toBe(0);
  });
});

describe('serve', () => {
  it('keeps its token file to the user, and prints another link on request', async () => {
    const db = path.join(folder, 'spillway.sqlite');
    const { line, stop } = await startSpillway(
      ['serve', '--db', db],
      /(http:\/\/127\.0\.0\.1:\d+)\/login\?code=([\w-]{43})/,
    );
    expect(statSync(`${db}.serve.json`).mode & 0o777).toBe(0o600);
    const { status, out } = await spillway(['link', '--db', db]);
    expect(status).toBe(0);
    const link = new URL(out.trim());
    expect(link.origin).toBe(line[1]);
    expect(link.searchParams.get('code')).not.toBe(line[2]);
    const answer = await fetch(link, { redirect: 'manual' });
    expect(answer.status).toBe(303);
    expect(await stop()).toBe(0);
    expect(statSync(`${db}.serve.json`, { throwIfNoEntry: false })).toBeUndefined();
  });

  it('link says when nothing is running', async () => {
    const { status, err } = await spillway(['link', '--db', path.join(folder, 'none.sqlite')]);
    expect(status).toBe(1);
    expect(err).toContain('no `spillway serve` is running');
    const korean = await spillway(['link', '--db', path.join(folder, 'none.sqlite')], { SPILLWAY_LANG: 'ko' });
    expect(korean.err).toContain('실행 중인 `spillway serve`가 없습니다');
  });

  it('link says when the serve that left its token file is gone', async () => {
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
    const { port } = blocker.address() as { port: number };
    await new Promise((closed) => blocker.close(closed));
    const db = path.join(folder, 'killed.sqlite');
    writeFileSync(`${db}.serve.json`, JSON.stringify({ url: `http://127.0.0.1:${port}`, token: 'x'.repeat(43) }));
    const { status, err } = await spillway(['link', '--db', db]);
    expect(status).toBe(1);
    expect(err).toMatch(
      /`spillway serve` at http:\/\/127\.0\.0\.1:\d+ does not answer \(.*ECONNREFUSED.*\); start it again/,
    );
  });

  it('refuses a database another Spillway uses', async () => {
    const db = path.join(folder, 'spillway.sqlite');
    const { stop } = await startSpillway(['serve', '--db', db], /login\?code=/);
    const { status, err } = await spillway(['serve', '--db', db]);
    expect(status).toBe(1);
    expect(err).toContain('in use by another Spillway');
    await stop();
  });
});

describe('files a person wrote', () => {
  it('names every fault of a setup with file, line, field and what was expected', async () => {
    const setup = given(
      'setup.json',
      '{\n  "label": "mine",\n  "group": { "minSize": 1, "maxSize": "ten",\n    "colour": 1 },\n  "policies": "none"\n}',
    );
    const words = ['replay', '--db', path.join(folder, 'a.sqlite'), '--queue', 'orders', '--setup', setup];
    const { status, err } = await spillway(words);
    expect(status).toBe(1);
    const lines = err.trim().split('\n');
    expect(lines).toEqual([
      expect.stringContaining('setup.json, line 3: group.maxSize is "ten", expected number'),
      expect.stringContaining('setup.json, line 3: group.defaultInstanceWarmupSeconds is missing. Add it: number'),
      expect.stringContaining('setup.json, line 3: group.defaultCooldownSeconds is missing. Add it: number'),
      expect.stringContaining('setup.json, line 4: group.colour is not a field here. Fields: minSize, maxSize'),
      expect.stringContaining('setup.json, line 5: policies is "none", expected [ … ]'),
    ]);
    const korean = await spillway(words, { SPILLWAY_LANG: 'ko' });
    expect(korean.err).toContain('3행: group.maxSize 값이 "ten"입니다. 필요한 값: number.');
  });

  it('names the line where a setup is no JSON', async () => {
    const setup = given('broken.json', '{\n  "label": "mine",\n  "group": {\n');
    const { status, err } = await spillway(['replay', '--queue', 'orders', '--setup', setup]);
    expect(status).toBe(1);
    expect(err).toMatch(/broken\.json, line [34]: /);
  });

  it.each([
    ['replay', '--queue', 'orders'],
    ['export', '--from', '2026-03-02T00:00:00Z', '--to', '2026-03-02T01:00:00Z'],
  ])('%s does not begin a database where there is none', async (...words) => {
    const db = path.join(folder, 'typo.sqlite');
    const { status, err } = await spillway([...words, '--db', db]);
    expect(status).toBe(1);
    expect(err).toContain(`There is no recording at ${db}`);
    expect(existsSync(db)).toBe(false);
  });

  it('sets a file that is no database aside and says where to', async () => {
    const notes = 'these are my notes, not a database, and they are long enough to be read as a header of one';
    const db = given('notes.sqlite', notes);
    const range = ['--from', '2026-03-02T00:00:00Z', '--to', '2026-03-02T01:00:00Z'];
    const { status, err } = await spillway(['export', '--db', db, ...range, '--out', '-']);
    expect(status).toBe(0);
    const aside = readdirSync(folder).find((name) => name.startsWith('notes.sqlite.damaged-'))!;
    expect(readFileSync(path.join(folder, aside), 'utf8')).toBe(notes);
    expect(err).toContain(`It was set aside as ${path.join(folder, aside)}`);
  });

  it('says when an export cannot be written', async () => {
    const db = given('empty.sqlite', '');
    const range = ['--from', '2026-03-02T00:00:00Z', '--to', '2026-03-02T01:00:00Z'];
    const out = path.join(folder, 'no', 'such', 'folder.md');
    const { status, err } = await spillway(['export', '--db', db, ...range, '--out', out]);
    expect(status).toBe(1);
    expect(err).toMatch(/^Cannot write .*folder\.md/);
  });

  it('says when a certificate cannot be read', async () => {
    const db = path.join(folder, 'a.sqlite');
    const { status, err } = await spillway(['serve', '--db', db, '--tls-cert', 'nope.pem', '--tls-key', 'nope.pem']);
    expect(status).toBe(1);
    expect(err).toMatch(/^Cannot read nope\.pem/);
  });
});
