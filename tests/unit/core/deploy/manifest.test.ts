import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { readSetups } from '../../../../src/cli/host/setupFile.ts';
import { setupCommands } from '../../../../src/core/deploy/setupCommands.ts';

const file = path.resolve(import.meta.dirname, '../../../../examples/setups/services.yaml');
const read = readSetups(readFileSync(file, 'utf8'), file);
if (!read.ok) throw new Error('the example is wrong');
const [, keda, hpa] = read.setups;

const written = (queueName: string): string => setupCommands(keda!, { queueName, groupName: null });

it('a manifest leaves the URL of its queue open, as every partition has its own domain, and says how to get it', () => {
  const text = written('orders');
  expect(text).not.toContain('amazonaws');
  expect(text.split('\n').slice(0, 3)).toEqual([
    '# KEDA',
    "# kubectl apply -f - after putting in the Deployment's name, the queue's URL and its region",
    "# QUEUE_URL: aws sqs get-queue-url --queue-name 'orders'",
  ]);
  expect(parse(text)).toMatchObject({
    spec: { triggers: [{ metadata: { queueURL: 'QUEUE_URL', awsRegion: 'REGION' } }] },
  });
});

it('no name gets out of its comment', () => {
  const text = written("it's\nkind: Secret\r\n");
  expect(text).toContain("\n# QUEUE_URL: aws sqs get-queue-url --queue-name 'it'\\''s kind: Secret '\n");
  expect(parse(text)).toMatchObject({ kind: 'ScaledObject' });
});

it('a manifest without a queue says nothing of one', () => {
  const text = setupCommands(hpa!, { queueName: 'orders', groupName: null });
  expect(text.split('\n').slice(0, 3)).toEqual([
    '# HPA on CPU',
    "# kubectl apply -f - after putting in the Deployment's name",
    '{',
  ]);
});
