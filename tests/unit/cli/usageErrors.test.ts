import { describe, expect, it } from 'vitest';
import { usageErrorOf } from './words.ts';

const start = '2026-03-02T07:00:00Z';
const end = '2026-03-02T08:00:00Z';
const trace = ['replay', '--sample', 'nasa'];

// Each row: the words typed, and how both sentences begin and end.
interface Row {
  readonly words: readonly string[];
  readonly en: readonly [begins: string, ends: string];
  readonly ko: readonly [begins: string, ends: string];
}

const invalid = (
  words: readonly string[],
  option: string,
  found: string,
  expected: { en: string; ko: string },
): Row => ({
  words,
  en: [`--${option} is "${found}", expected ${expected.en}. Write it like this: --${option} `, ''],
  ko: [`--${option} 값이 "${found}"입니다. 필요한 값: ${expected.ko}. 이렇게 쓰세요: --${option} `, ''],
});

const part = (words: readonly string[], option: string, found: string, expected: { en: string; ko: string }): Row => ({
  words,
  en: [`--${option} has "${found}", expected ${expected.en}`, ''],
  ko: [`--${option} 값 중 "${found}" 부분이 잘못되었습니다. 필요한 값: ${expected.ko}`, ''],
});

const emulator: readonly Row[] = [
  invalid(['emulator', '--port', '70000'], 'port', '70000', {
    en: 'a whole number from 0 to 65535',
    ko: '0~65535의 정수',
  }),
  invalid(['emulator', '--seed', 'x'], 'seed', 'x', {
    en: 'a whole number from 0 to 2147483648',
    ko: '0~2147483648의 정수',
  }),
  invalid(['emulator', '--clock', 'fast'], 'clock', 'fast', {
    en: 'real, stepped, or x and a number',
    ko: 'real, stepped, 또는 x와 숫자',
  }),
  invalid(['emulator', '--clock', 'x100001'], 'clock', 'x100001', { en: 'at most x100000', ko: 'x100000 이하' }),
  invalid(['emulator', '--account', '1234'], 'account', '1234', { en: 'twelve digits', ko: '12자리 숫자' }),
  invalid(['emulator', '--region', 'here'], 'region', 'here', { en: 'the name of a Region', ko: '리전 이름' }),
  invalid(['emulator', '--state='], 'state', '', { en: 'the name of a file', ko: '파일 이름' }),
  part(['emulator', '--services', 'sqs,s3'], 'services', 's3', {
    en: 'some of autoscaling, cloudwatch, kinesis, sns, sqs, sts. Write it like this: --services sqs,sns',
    ko: 'autoscaling, cloudwatch, kinesis, sns, sqs, sts 중에서. 이렇게 쓰세요: --services sqs,sns',
  }),
  part(['emulator', '--sqs-faults', 'x=1'], 'sqs-faults', 'x=1', {
    en: 'NAME=NUMBER with one of duplicateShare, ',
    ko: 'NAME=NUMBER, NAME은 duplicateShare, ',
  }),
  part(['emulator', '--sqs-faults', 'constructor=1'], 'sqs-faults', 'constructor=1', {
    en: 'NAME=NUMBER with one of duplicateShare, ',
    ko: 'NAME=NUMBER, NAME은 duplicateShare, ',
  }),
  {
    words: ['emulator', '--sqs-faults', 'reorderShare=0.1,reorderShare=0.2'],
    en: ['--sqs-faults has reorderShare twice, expected it once.', 'Leave one of them out.'],
    ko: ['--sqs-faults 값에 reorderShare가 두 번 있습니다.', '하나만 남기세요.'],
  },
  part(['emulator', '--lambda-targets', 'a=ftp://127.0.0.1/'], 'lambda-targets', 'a=ftp://127.0.0.1/', {
    en: "NAME=URL: a function's name or ARN, and an http or https URL. Write it like this: --lambda-targets resize=",
    ko: 'NAME=URL, 함수의 이름이나 ARN과 http 또는 https URL. 이렇게 쓰세요: --lambda-targets resize=',
  }),
  {
    words: ['emulator', '--lambda-targets', 'a=http://127.0.0.1:1/,a=http://127.0.0.1:2/'],
    en: ['--lambda-targets has a twice', 'Leave one of them out.'],
    ko: ['--lambda-targets 값에 a가 두 번 있습니다.', '하나만 남기세요.'],
  },
  {
    words: ['emulator', '--tls-cert', 'c.pem'],
    en: ['--tls-cert and --tls-key belong together; one is missing.', '--tls-key FILE'],
    ko: ['--tls-cert와 --tls-key는 함께 써야 하는데 하나가 없습니다.', '--tls-key FILE'],
  },
  {
    words: ['emulator', '--tls-key', 'k.pem'],
    en: ['--tls-key and --tls-cert belong together; one is missing.', '--tls-cert FILE'],
    ko: ['--tls-key와 --tls-cert는 함께 써야 하는데 하나가 없습니다.', '--tls-cert FILE'],
  },
  {
    words: ['emulator', '--tls-cert-out', 'c.pem'],
    en: ['--tls-cert-out needs --tls: without it there is no certificate.', 'Add --tls.'],
    ko: ['--tls-cert-out에는 --tls가 필요합니다.', '--tls를 추가하세요.'],
  },
  {
    words: ['emulator', '--tls-cert', 'c.pem', '--tls-key', 'k.pem', '--tls-cert-out', 'o.pem'],
    en: ['--tls-cert-out is for the certificate that --tls makes, expected it without --tls-cert.', 'one of the two.'],
    ko: ['--tls-cert-out은 --tls로 만든 인증서를 쓰는 옵션이라', '둘 중 하나를 빼세요.'],
  },
];

const ranges: readonly Row[] = [
  {
    words: ['export'],
    en: [
      '--from is missing, expected the range: --from and --to together.',
      `--from ${start} --to 2026-03-02T09:00:00Z`,
    ],
    ko: ['--from이 없습니다. 필요한 값: 구간의 시작과 끝', `--from ${start} --to 2026-03-02T09:00:00Z`],
  },
  {
    words: ['export', '--from', start],
    en: ['--from and --to belong together; one is missing.', 'this: --to 2026-03-02T08:00:00.000Z'],
    ko: ['--from과 --to는 함께 써야 하는데 하나가 없습니다.', '추가하세요: --to 2026-03-02T08:00:00.000Z'],
  },
  {
    words: ['export', '--to', end],
    en: ['--to and --from belong together; one is missing.', 'this: --from 2026-03-02T07:00:00.000Z'],
    ko: ['--to와 --from은 함께 써야 하는데 하나가 없습니다.', '추가하세요: --from 2026-03-02T07:00:00.000Z'],
  },
  invalid(['export', '--from', 'yesterday', '--to', end], 'from', 'yesterday', {
    en: 'an instant in ISO 8601 with an offset',
    ko: '시간대 오프셋이 있는 ISO 8601 시각',
  }),
  invalid(['export', '--from', end, '--to', start], 'to', start, {
    en: `an instant after --from (${end})`,
    ko: `--from 값(${end})보다 늦은 시각`,
  }),
  invalid(['export', '--from', start, '--to', end, '--format', 'pdf'], 'format', 'pdf', {
    en: 'one of markdown, json, html',
    ko: 'markdown, json, html 중 하나',
  }),
];

const missing: readonly Row[] = [
  {
    words: ['demo'],
    en: ['--out is missing, expected a folder to write to.', '--out demo'],
    ko: ['--out이 없습니다. ', '필요한 값: 결과를 쓸 폴더. 이렇게 추가하세요: --out demo'],
  },
  {
    words: ['calibrate'],
    en: ['--queue is missing, expected the name or ARN of a recorded queue.', '--queue orders'],
    ko: ['--queue가 없습니다. 필요한 값: 기록된 대기열의 이름 또는 ARN.', '--queue orders'],
  },
  {
    words: ['replay-stream'],
    en: ['--stream is missing, expected the name or ARN of a recorded stream.', '--stream clicks'],
    ko: ['--stream이 없습니다. 필요한 값: 기록된 스트림의 이름 또는 ARN.', '--stream clicks'],
  },
  {
    words: ['serve', '--tls-cert', 'c.pem'],
    en: ['--tls-cert and --tls-key belong together; one is missing.', '--tls-key FILE'],
    ko: ['--tls-cert와 --tls-key는 함께 써야 하는데 하나가 없습니다.', '--tls-key FILE'],
  },
  {
    words: ['import', '--db', ':memory:'],
    en: ['No trace was given, expected one.', 'or describe one with --shape.'],
    ko: ['트레이스가 없습니다.', '--shape로 모양을 적으세요.'],
  },
  {
    words: ['import', '--db', ':memory:', '--sample', 'nasa', '--shape', 'chance:'],
    en: ['Several of a file, a sample and a shape were given, expected one of them.', 'Leave out the others.'],
    ko: ['파일, 샘플, 모양 중 여러 개를 지정했습니다.', '하나만 남기세요.'],
  },
  {
    words: ['replay', '--sample', 'nasa', '--queue', 'shop'],
    en: ['There is no traffic, or more than one, expected one of --queue, --trace, ', 'Give exactly one.'],
    ko: ['트래픽이 없거나 여러 개입니다. --queue, --trace, ', '하나만 지정하세요.'],
  },
];

const instantAndCount = {
  en: 'an instant in ISO 8601 with an offset and a whole number of instances from 1 to 10000',
  ko: '시간대 오프셋이 있는 ISO 8601 시각과 인스턴스 수(1~10000의 정수)',
};
const startAndEnd = {
  en: 'a start before its end, both ISO 8601 with an offset',
  ko: '시작 시각과 그보다 늦은 종료 시각, 둘 다 시간대 오프셋이 있는 ISO 8601',
};
const drawn = {
  en: 'assumed, recorded or drawn:CV[:SEED] with CV from 0 to 10',
  ko: 'assumed, recorded 또는 drawn:CV[:SEED], CV는 0~10',
};

const replays: readonly Row[] = [
  invalid([...trace, '--plant', 'nuclear'], 'plant', 'nuclear', {
    en: 'one of fluid, fluid-stationary, per-message',
    ko: 'fluid, fluid-stationary, per-message 중 하나',
  }),
  invalid([...trace, '--spot', 'noon=2'], 'spot', 'noon=2', instantAndCount),
  invalid([...trace, '--spot', `${start}=0`], 'spot', `${start}=0`, instantAndCount),
  invalid([...trace, '--launch-failure', 'noon'], 'launch-failure', 'noon', startAndEnd),
  invalid([...trace, '--launch-failure', `${end}/${start}`], 'launch-failure', `${end}/${start}`, startAndEnd),
  invalid([...trace, '--out', 'report.pdf'], 'out', 'report.pdf', {
    en: 'a name that ends in .md, .html, .json, .csv',
    ko: '.md, .html, .json, .csv 중 하나로 끝나는 이름',
  }),
  invalid([...trace, '--policy-out', 'policy.txt'], 'policy-out', 'policy.txt', {
    en: 'a name that ends in .json, .sh, .yaml',
    ko: '.json, .sh, .yaml 중 하나로 끝나는 이름',
  }),
  invalid([...trace, '--throughput', '0'], 'throughput', '0', {
    en: 'a number from 0.000001 to 1000000000',
    ko: '0.000001~1000000000의 숫자',
  }),
  invalid([...trace, '--delays', 'drawn:11'], 'delays', 'drawn:11', drawn),
  invalid([...trace, '--bands', '1'], 'bands', '1', { en: 'a whole number from 2 to 1000', ko: '2~1000의 정수' }),
  invalid([...trace, '--duration', 'week'], 'duration', 'week', {
    en: 'a time such as 90m, 36h or 7d, at most two years',
    ko: '90m, 36h, 7d 같은 시간, 최대 2년',
  }),
  invalid([...trace, '--resample', '90'], 'resample', '90', { en: 'a multiple of 60 seconds', ko: '60의 배수인 초' }),
  invalid(['replay', '--trace', 'no-such.csv', '--duplicates', 'all'], 'duplicates', 'all', {
    en: 'one of first, last, sum, mean',
    ko: 'first, last, sum, mean 중 하나',
  }),
  {
    words: [...trace, '--messages', 'batchSize=5'],
    en: ['--messages needs --plant per-message: a flow has no single messages.', 'Add --plant per-message.'],
    ko: ['--messages에는 --plant per-message가 필요합니다.', '--plant per-message를 추가하세요.'],
  },
  part([...trace, '--messages', 'colour=red'], 'messages', 'colour', {
    en: 'one of seed, spread, ',
    ko: 'seed, spread, ',
  }),
  part([...trace, '--messages', 'batchSize=11'], 'messages', 'batchSize=11', {
    en: 'batchSize <= 10. Write it like this: ',
    ko: 'batchSize <= 10. 이렇게 쓰세요: ',
  }),
  part([...trace, '--messages', 'onScaleIn=stop'], 'messages', 'onScaleIn=stop', {
    en: 'onScaleIn interrupt | return | finish. Write it like this: ',
    ko: 'onScaleIn interrupt | return | finish. 이렇게 쓰세요: ',
  }),
  part([...trace, '--messages', 'service=lognormal'], 'messages', 'service=lognormal', {
    en: 'one of constant, exponential, uniform, erlang:STAGES',
    ko: 'constant, exponential, uniform, erlang:STAGES',
  }),
  invalid(['replay-stream', '--stream', 's', '--shards', '4', '--factor', 'x'], 'factor', 'x', {
    en: 'a number from 0 to 1000',
    ko: '0~1000의 숫자',
  }),
];

describe('a usage error says what was wrong, what was expected and how to fix it, in both languages', () => {
  it.each([...emulator, ...ranges, ...missing, ...replays])('$words', async ({ words, en, ko }) => {
    const said = await usageErrorOf(words);
    expect(said.en.startsWith(en[0]), said.en).toBe(true);
    expect(said.en.endsWith(en[1]), said.en).toBe(true);
    expect(said.ko.startsWith(ko[0]), said.ko).toBe(true);
    expect(said.ko.endsWith(ko[1]), said.ko).toBe(true);
  });
});

describe('the emulator decides the limits of its faults, and the sentences say them', () => {
  it.each([
    { fault: 'duplicateShare=1.01', en: 'a number from 0 to 1', ko: '0~1의 숫자', most: 'duplicateShare=1' },
    { fault: 'reorderShare=2', en: 'a number from 0 to 1', ko: '0~1의 숫자', most: 'reorderShare=1' },
    { fault: 'reorderSeconds=901', en: 'seconds from 0 to 900', ko: '0~900의 초', most: 'reorderSeconds=900' },
    {
      fault: 'shortPollMissShare=1',
      en: 'a number from 0 to below 1',
      ko: '0 이상 1 미만의 숫자',
      most: 'shortPollMissShare=0.99',
    },
    { fault: 'countsLagSeconds=901', en: 'seconds from 0 to 900', ko: '0~900의 초', most: 'countsLagSeconds=900' },
  ])('$fault', async ({ fault, en, ko, most }) => {
    const said = await usageErrorOf(['emulator', '--sqs-faults', fault, '--tls-cert-out', 'c.pem']);
    expect(said.en).toContain(`--sqs-faults has "${fault}", expected ${en}. Write it like this: `);
    expect(said.ko).toContain(`"${fault}" 부분이 잘못되었습니다. 필요한 값: ${ko}. 이렇게 쓰세요: `);
    // The most is taken: what is looked at later is wrong then.
    const later = await usageErrorOf(['emulator', '--sqs-faults', most, '--tls-cert-out', 'c.pem']);
    expect(later.en).toContain('--tls-cert-out needs --tls');
  });
});
