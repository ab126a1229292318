import { describe, expect, it } from 'vitest';
import { particle } from '../../../../src/core/messages/particle.ts';

it.each([
  ['주문', '은/는', '은'],
  ['큐', '은/는', '는'],
  ['서울', '으로/로', '로'],
  ['부산', '으로/로', '으로'],
  ['orders', '을/를', '를'],
  ['mail', '을/를', '을'],
  ['alarm', '이/가', '이'],
  ['orders-3', '과/와', '과'],
  ['orders-2', '과/와', '와'],
  ['shard-8', '으로/로', '로'],
  ['orders-6', '으로/로', '으로'],
  ['out ', '이/가', '이'],
  ['', '이/가', '가'],
  ['100 %', '이/가', '가'],
])('UX-81 %s takes of %s: %s', (word, pair, right) => {
  expect(particle(word, pair)).toBe(right);
});

describe('UX-81 a word in Latin letters takes the particles of how it is read', () => {
  it.each([
    // p, t and k after a short vowel close the syllable, after a long one or a consonant they do not.
    ['out', '아웃'],
    ['set', '셋'],
    ['step', '스텝'],
    ['app', '앱'],
    ['clock', '클록'],
    ['topic', '토픽'],
    ['group', '그룹'],
    ['webhook', '웹훅'],
    ['heap', '힙'],
    ['quit', '큇'],
    ['timeout', '타임아웃'],
    ['port', '포트'],
    ['account', '어카운트'],
    ['task', '태스크'],
    ['script', '스크립트'],
    ['heat', '히트'],
    ['boot', '부트'],
    ['week', '위크'],
    ['right', '라이트'],
    // m, n, ng and l do, with or without a silent e behind; ge, te and the r of a word do not.
    ['region', '리전'],
    ['name', '네임'],
    ['zone', '존'],
    ['scaling', '스케일링'],
    ['table', '테이블'],
    ['file', '파일'],
    ['range', '레인지'],
    ['state', '스테이트'],
    ['worker', '워커'],
    ['server', '서버'],
    // b, d and g get a vowel of their own.
    ['log', '로그'],
    ['seed', '시드'],
    // As they are said, against their spelling.
    ['web', '웹'],
    ['cronjob', '크론잡'],
    ['type', '타입'],
    ['template', '템플릿'],
    ['check', '체크'],
    ['ip', '아이피'],
    // Spelled: short capitals, and what has no vowel.
    ['SQS', '에스큐에스'],
    ['URL', '유아르엘'],
    ['queueURL', '큐 유아르엘'],
    ['ARN', '에이아르엔'],
    ['R', '알'],
    ['IAM', '아이에이엠'],
    ['ID', '아이디'],
    ['notes.txt', '티엑스티'],
    ['run.html', '에이치티엠엘'],
    // Only the last part counts.
    ['launch-step', '스텝'],
    ['stepState', '스테이트'],
    ['orders.json', '제이슨'],
    ['America/Argentina/Salta', '살타'],
    ['Asia/Seoul', '서울'],
  ])('%s as %s', (word, read) => {
    for (const pair of ['은/는', '이/가', '을/를', '과/와', '으로/로']) {
      expect(`${pair} ${particle(word, pair)}`).toBe(`${pair} ${particle(read, pair)}`);
    }
  });
});
