import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningEmulator } from '../../../src/emulator/index.ts';
import { awsCli, awsJson, boto3, runAws, runBoto3 } from '../clients.ts';
import { startTestEmulator } from '../testEmulator.ts';

let emulator: RunningEmulator;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'spillway-kinesis-'));
  emulator = await startTestEmulator();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await emulator.stop();
});

/** Every command is a process of its own that takes a second to start. */
const patienceMs = 120_000;
const passSeconds = (seconds: number): Promise<void> => emulator.advanceTo(emulator.world.nowMs() + seconds * 1_000);

describe('Kinesis with boto3', () => {
  it.skipIf(boto3.leftOut)(
    'the whole flow',
    async () => {
      const answer = await runBoto3(
        emulator.endpoint,
        `
import boto3, json, os, urllib.request
endpoint = os.environ['ENDPOINT']
kinesis = boto3.client('kinesis', endpoint_url=endpoint)

def pass_seconds(seconds):
    body = json.dumps({'ms': seconds * 1000}).encode()
    request = urllib.request.Request(endpoint + '/_spillway/clock/advance', data=body, method='POST', headers={'content-type': 'application/json'})
    urllib.request.urlopen(request).read()

kinesis.create_stream(StreamName='boto', ShardCount=2)
pass_seconds(1)
kinesis.get_waiter('stream_exists').wait(StreamName='boto', WaiterConfig={'Delay': 1, 'MaxAttempts': 1})
put = kinesis.put_record(StreamName='boto', PartitionKey='k', ExplicitHashKey='0', Data=b'one')
batch = kinesis.put_records(StreamName='boto', Records=[
    {'PartitionKey': 'k', 'ExplicitHashKey': '0', 'Data': b'x' * 600000},
    {'PartitionKey': 'k', 'ExplicitHashKey': '0', 'Data': b'y' * 600000},
])
iterator = kinesis.get_shard_iterator(StreamName='boto', ShardId=put['ShardId'], ShardIteratorType='AT_SEQUENCE_NUMBER', StartingSequenceNumber=put['SequenceNumber'])['ShardIterator']
read = kinesis.get_records(ShardIterator=iterator, Limit=1)
try:
    kinesis.describe_stream(StreamName='none')
    error = None
except kinesis.exceptions.ResourceNotFoundException as thrown:
    error = thrown.response['Error']
print(json.dumps({
    'data': [record['Data'].decode() for record in read['Records']],
    'arrival': read['Records'][0]['ApproximateArrivalTimestamp'].timestamp(),
    'failed': batch['FailedRecordCount'],
    'code': batch['Records'][1].get('ErrorCode'),
    'shards': len(kinesis.list_shards(StreamName='boto')['Shards']),
    'error': error,
}))
`,
      );
      expect(answer).toEqual({
        data: ['one'],
        arrival: emulator.world.nowMs() / 1_000,
        failed: 1,
        code: 'ProvisionedThroughputExceededException',
        shards: 2,
        error: {
          Code: 'ResourceNotFoundException',
          Message: 'Stream none under account 000000000000 not found.',
        },
      });
    },
    patienceMs,
  );
});

describe('Kinesis with the AWS CLI', () => {
  it.skipIf(awsCli.leftOut)(
    'the whole flow',
    async () => {
      const kinesis = (...args: string[]) =>
        awsJson(emulator.endpoint, ['kinesis', ...args]) as Promise<Record<string, unknown>>;
      expect(await kinesis('create-stream', '--stream-name', 'cli', '--shard-count', '1')).toBeNull();
      await passSeconds(1);
      // Versions of the CLI disagree on whether --data is base64; bytes of a file are bytes in all of them.
      const data = join(folder, 'data');
      writeFileSync(data, 'hello');
      const put = await kinesis(
        ...['put-record', '--stream-name', 'cli', '--partition-key', 'k', '--data', `fileb://${data}`],
      );
      expect(put).toMatchObject({ ShardId: 'shardId-000000000000' });

      const { ShardIterator } = await kinesis(
        ...['get-shard-iterator', '--stream-name', 'cli', '--shard-id', 'shardId-000000000000'],
        ...['--shard-iterator-type', 'TRIM_HORIZON'],
      );
      const read = await kinesis('get-records', '--shard-iterator', String(ShardIterator));
      expect(read).toMatchObject({
        Records: [{ Data: 'aGVsbG8=', PartitionKey: 'k', SequenceNumber: put.SequenceNumber }],
        MillisBehindLatest: 0,
      });

      expect(
        await kinesis(
          ...['update-shard-count', '--stream-name', 'cli', '--target-shard-count', '2'],
          ...['--scaling-type', 'UNIFORM_SCALING'],
        ),
      ).toMatchObject({ CurrentShardCount: 1, TargetShardCount: 2 });
      await passSeconds(30);
      const { Shards } = await kinesis('list-shards', '--stream-name', 'cli', '--shard-filter', 'Type=AT_LATEST');
      expect(Shards).toHaveLength(2);

      const missing = await runAws(emulator.endpoint, ['kinesis', 'describe-stream-summary', '--stream-name', 'none']);
      expect(missing.status).not.toBe(0);
      expect(missing.stderr).toContain(
        'An error occurred (ResourceNotFoundException) when calling the DescribeStreamSummary operation: ' +
          'Stream none under account 000000000000 not found.',
      );
    },
    patienceMs,
  );
});
