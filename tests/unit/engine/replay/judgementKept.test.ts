/** An engine that was asked much before and one that was asked nothing judge alike: what is kept between calls never shows. */
import { afterEach, expect, test } from 'vitest';
import { type Client, createClient } from '../../../../src/core/contract/client.ts';
import { seededRandom } from '../../../../src/core/time/random.ts';
import { createEngine } from '../../../../src/engine/index.ts';
import { Draw, differs } from '../../replay/reference/drawn.ts';
import { fakeAccount } from '../fakeAws.ts';
import { engineOptions, manualTime } from '../manualHost.ts';

const startMs = Date.UTC(2025, 0, 1);
const minutes = 240;
const traffic = {
  // Alike for an hour, and to the message in all: only minute by minute are they told apart.
  shop: (minute: number) => (minute >= 60 && minute < 75 ? 300 : 30),
  mail: (minute: number) => (minute >= 90 && minute < 105 ? 300 : 30),
};
type Queue = keyof typeof traffic;

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function imported(): Promise<{ client: Client; ids: Record<Queue, string> }> {
  const engine = await createEngine(engineOptions(fakeAccount(), manualTime(Date.UTC(2026, 2, 2))));
  closing.push(() => engine.close());
  const client = createClient(engine);
  const queueOf = async (name: Queue) => {
    const lines = Array.from(
      { length: minutes },
      (_, minute) => `${new Date(startMs + minute * 60_000).toISOString()},${traffic[name](minute)}`,
    );
    const { importId } = await client.call('trace.begin', { fileName: `${name}.csv`, options: {} });
    await client.call('trace.push', { importId, text: ['timestamp,value', ...lines, ''].join('\n') });
    return (await client.call('trace.finish', { importId, name })).queueResourceId!;
  };
  return { client, ids: { shop: await queueOf('shop'), mail: await queueOf('mail') } };
}

test('[REP-82] drawn requests of two queues, ranges, assumptions and setups: the judgement is the same to the last bit', async () => {
  const draw = new Draw(seededRandom(1, 'judgement kept'));
  const asked = await imported();
  const { assumptions, suggestions } = await asked.client.call('replay.defaults', {
    resourceId: asked.ids.shop,
    range: null,
  });
  const judgements = new Set<string>();
  for (let number = 0; number < 40; number++) {
    const queue = draw.of(['shop', 'mail'] as const);
    const setups = suggestions.map((setup) => ({
      ...setup,
      group: { ...setup.group, minSize: draw.whole(0, 2) },
      policies: setup.policies.map(({ policy, alarm }) => ({
        policy,
        alarm: { ...alarm, threshold: alarm.threshold * draw.fraction(0.5, 2) },
      })),
    }));
    const request = {
      range: { fromMs: startMs + draw.of([0, 1]) * 1_800_000, toMs: startMs + draw.of([120, minutes]) * 60_000 },
      assumptions: {
        ...assumptions,
        launchDelaySeconds: draw.of([60, 120]),
        ageGoalSeconds: draw.of([120, 300]),
        arrivalFactor: draw.of([1, 2]),
      },
      setups,
    };
    const fresh = await imported();
    const [kept, alone] = await Promise.all(
      [asked, fresh].map(async ({ client, ids }) => {
        const { runs } = await client.call('replay.run', { ...request, resourceId: ids[queue] });
        return runs.map(({ judgement }) => judgement);
      }),
    );
    const found = differs(kept, alone, `request ${number}`);
    if (found !== null) throw new Error(found);
    for (const judgement of alone!) judgements.add(JSON.stringify(judgement!.regret));
  }
  // What was drawn asked for many schedules: one for all would have passed only if they were alike.
  expect(judgements.size).toBeGreaterThan(30);
});
