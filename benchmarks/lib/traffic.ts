/** Made traffic to import: a daily curve with crowds and chance, a minute a line. It is there to be replayed, not to be believed. */
import { seededRandom } from '../../src/core/time/random.ts';

/** Every 4,000 minutes comes a crowd of an hour. */
const crowdEveryMinutes = 4_000;
const crowdMinutes = 60;
const linesAtOnce = 20_000;

/** The text of a CSV file, in pieces. @param name draws the chance */
export function* trafficCsv(name: string, minutes: number, startMs: number): Generator<string> {
  const random = seededRandom(1, name);
  let lines = ['timestamp,value'];
  for (let minute = 0; minute < minutes; minute++) {
    const day = 1 + 0.6 * Math.sin((minute / 1440) * 2 * Math.PI);
    const crowd = minute % crowdEveryMinutes < crowdMinutes ? 4 : 1;
    const at = new Date(startMs + minute * 60_000).toISOString();
    lines.push(`${at},${Math.round(400 * day * crowd * (0.9 + 0.2 * random.next()))}`);
    if (lines.length < linesAtOnce && minute < minutes - 1) continue;
    yield `${lines.join('\n')}\n`;
    lines = [];
  }
}
