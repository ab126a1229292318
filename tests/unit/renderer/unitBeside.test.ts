import { describe, expect, it } from 'vitest';
import { queueCharts, streamCharts } from '../../../src/renderer/charts/measures.ts';
import { type TextKey, translator } from '../../../src/renderer/i18n/index.ts';
import { unitBeside } from '../../../src/renderer/parts/unitBeside.ts';
import { createFormat, type Unit } from '../../../src/renderer/time/format.ts';

const charts: readonly (readonly [title: TextKey, unit: Unit])[] = [
  ...[...queueCharts, ...streamCharts].map(({ title, unit }) => [title, unit] as const),
  ['replay.backlog', 'messages'],
  ['replay.instances', 'instances'],
  ['replay.age', 'seconds'],
];
const heads = (language: 'en' | 'ko'): string[] => {
  const t = translator(language);
  const f = createFormat(language, 'UTC');
  return charts.map(([title, unit]) => `${t(title)} [${unitBeside(t(title), f.unitName(unit))}]`);
};

describe('a chart says its unit once, beside its title or in it', () => {
  it('in English', () => {
    expect(heads('en')).toEqual([
      'Messages in the queue []',
      'Age of the oldest message []',
      'Messages of quiet groups []',
      'Noisy groups []',
      'Message rates [msgs/s]',
      'Instances []',
      'Iterator age []',
      'Bytes in and out [B/s]',
      'Records in and out [rec/s]',
      'Throttled [rec/s]',
      'Backlog [msgs]',
      'Instances in service []',
      'Age of the oldest message []',
    ]);
  });

  it('in Korean', () => {
    expect(heads('ko')).toEqual([
      '대기열 메시지 []',
      '가장 오래된 메시지의 경과 시간 []',
      '일반 그룹의 메시지 []',
      '과점유 그룹 []',
      '메시지 처리율 [개/초]',
      '인스턴스 []',
      '이터레이터 지연 []',
      '바이트 유입과 읽기 [B/s]',
      '레코드 유입과 읽기 [건/초]',
      '스로틀링 [건/초]',
      '백로그 [개]',
      '서비스 중인 인스턴스 []',
      '가장 오래된 메시지의 경과 시간 []',
    ]);
  });
});

it.each([
  ['Minimum size', 'instances', 'instances'],
  ['Backlog per instance', 'instances', 'instances'],
  ['Extra points an alarm looks at', 'points', ''],
  ['Checkpoints', 'points', 'points'],
  ["The instance's age", 's', 's'],
  ['최소 크기', '대', '대'],
  ['인스턴스당 백로그', '대', '대'],
  ['인스턴스를 줄이는 수', '대', ''],
  ['경보가 더 보는 데이터 포인트', '개', ''],
  ['Anything', '', ''],
])('%s counted in "%s" stands beside "%s"', (label, unitName, beside) => {
  expect(unitBeside(label, unitName)).toBe(beside);
});
