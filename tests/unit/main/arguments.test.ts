import { expect, it } from 'vitest';
import { parseArguments } from '../../../src/main/arguments.ts';

const none = { demo: false, demoSpeed: null, databaseFile: null, language: null };

it.each([
  [['.'], none],
  [['.', '--demo'], { ...none, demo: true }],
  [['--demo', '--demo-speed=0'], { ...none, demo: true, demoSpeed: 0 }],
  [['--demo-speed', '120.5'], { ...none, demoSpeed: 120.5 }],
  [['--db', 'my file.sqlite', '--lang=ko'], { ...none, databaseFile: 'my file.sqlite', language: 'ko' }],
  [['--db=a=b.sqlite'], { ...none, databaseFile: 'a=b.sqlite' }],
  [['--lang=fr', '--no-sandbox', '--user-data-dir=/tmp/x', '--inspect=0'], none],
])('%j', (words, expected) => {
  expect(parseArguments(words)).toEqual({ arguments: expected, faults: [] });
});

it.each([
  [['--demo-speed=fast'], { flag: '--demo-speed', found: 'fast', expected: 'a number from 0 to 3600' }],
  [['--demo-speed=-1'], { flag: '--demo-speed', found: '-1', expected: 'a number from 0 to 3600' }],
  [['--demo-speed='], { flag: '--demo-speed', found: '', expected: 'a number from 0 to 3600' }],
  [['--db'], { flag: '--db', found: '', expected: 'a file' }],
  [['--db', '--demo'], { flag: '--db', found: '--demo', expected: 'a file' }],
])('%j is said to be wrong', (words, fault) => {
  expect(parseArguments(words).faults).toEqual([fault]);
});
