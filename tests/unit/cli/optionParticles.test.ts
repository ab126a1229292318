/** Options in Korean sentences: each takes the particles of how its name is read, also where a sentence has both written out. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { particle } from '../../../src/core/messages/particle.ts';
import { commandNames, commandOf } from './words.ts';

/** By the last part of the name; the rest does not count. */
const readings: Readonly<Record<string, string>> = {
  account: '어카운트',
  address: '어드레스',
  auto: '오토',
  bands: '밴즈',
  cert: '서트',
  child: '차일드',
  clock: '클록',
  concurrency: '컨커런시',
  consumers: '컨슈머스',
  db: '디비',
  decisions: '디시전스',
  delay: '딜레이',
  delays: '딜레이스',
  demand: '디맨드',
  demo: '데모',
  duplicates: '듀플리케이츠',
  duration: '듀레이션',
  endpoint: '엔드포인트',
  enhanced: '인핸스드',
  factor: '팩터',
  failure: '페일리어',
  faults: '폴츠',
  file: '파일',
  format: '포맷',
  from: '프롬',
  goal: '골',
  host: '호스트',
  hours: '아워스',
  interval: '인터벌',
  json: '제이슨',
  key: '키',
  messages: '메시지스',
  name: '네임',
  noise: '노이즈',
  out: '아웃',
  partial: '파셜',
  plant: '플랜트',
  policy: '폴리시',
  port: '포트',
  profile: '프로파일',
  queue: '큐',
  quotas: '쿼터스',
  rate: '레이트',
  region: '리전',
  resample: '리샘플',
  reshard: '리샤드',
  resource: '리소스',
  retry: '리트라이',
  sample: '샘플',
  samples: '샘플스',
  scenario: '시나리오',
  seed: '시드',
  series: '시리즈',
  services: '서비시스',
  setup: '셋업',
  shape: '셰이프',
  shards: '샤즈',
  shift: '시프트',
  signatures: '시그니처스',
  speed: '스피드',
  splice: '스플라이스',
  spot: '스폿',
  state: '스테이트',
  stream: '스트림',
  targets: '타기츠',
  throughput: '스루풋',
  title: '타이틀',
  tls: '티엘에스',
  to: '투',
  trace: '트레이스',
  workers: '워커스',
  zone: '존',
};
const pairs = ['은/는', '이/가', '을/를', '과/와', '으로/로'];

const options = new Set<string>();
for (const name of commandNames) {
  for (const option of Object.keys((await commandOf(name)).options)) options.add(option);
}

describe('UX-81 an option takes the particles of how its name is read', () => {
  it.each([...options].sort())('--%s', (option) => {
    const read = readings[option.slice(option.lastIndexOf('-') + 1)];
    expect(read, `how --${option} is read`).toBeDefined();
    for (const pair of pairs)
      expect(`--${option}${particle(option, pair)}`).toBe(`--${option}${particle(read!, pair)}`);
  });
});

it('UX-81 and so it does where a sentence names it', () => {
  const src = path.join(import.meta.dirname, '..', '..', '..', 'src');
  const written = /--([a-z][a-z-]*)(은|는|이|가|을|를|과|와|으로|로)(?=[\s.,])/g;
  const seen: string[] = [];
  for (const file of readdirSync(src, { recursive: true, encoding: 'utf8' })) {
    if (!/\.tsx?$/.test(file)) continue;
    for (const [, option = '', used = ''] of readFileSync(path.join(src, file), 'utf8').matchAll(written)) {
      const pair = pairs.find((both) => both.split('/').includes(used))!;
      seen.push(`--${option}${used}`);
      expect(`${file}: --${option}${used}`).toBe(`${file}: --${option}${particle(option, pair)}`);
    }
  }
  expect(seen).toContain('--db로');
});
