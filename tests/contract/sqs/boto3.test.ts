import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningEmulator } from '../../../src/emulator/index.ts';
import { boto3, runBoto3 } from '../clients.ts';
import { startTestEmulator } from '../testEmulator.ts';

let emulator: RunningEmulator;
beforeAll(async () => {
  // Real time: the script waits for a message that it sends itself a moment later.
  emulator = await startTestEmulator({ clock: { speed: 1 } });
});
afterAll(() => emulator.stop());

const script = `
import boto3, json, os, threading
from botocore.config import Config
sqs = boto3.client('sqs', endpoint_url=os.environ['ENDPOINT'], config=Config(retries={'max_attempts': 0}))
out = {}
url = sqs.create_queue(QueueName='orders', Attributes={'VisibilityTimeout': '30'}, tags={'team': 'a'})['QueueUrl']
out['url'] = url == sqs.get_queue_url(QueueName='orders')['QueueUrl'] and url in sqs.list_queues()['QueueUrls']
sent = sqs.send_message(QueueUrl=url, MessageBody='주문 & <1>', MessageAttributes={
    'kind': {'DataType': 'String', 'StringValue': 'paid'}, 'blob': {'DataType': 'Binary', 'BinaryValue': b'\\x00\\xff'}})
out['md5'] = sent['MD5OfMessageBody']
batch = sqs.send_message_batch(QueueUrl=url, Entries=[
    {'Id': 'a', 'MessageBody': 'two'}, {'Id': 'b', 'MessageBody': 'three', 'DelaySeconds': 901}])
out['batch'] = [[e['Id'] for e in batch['Successful']], [(e['Id'], e['Code'], e['SenderFault']) for e in batch['Failed']]]
got = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=5,
    AttributeNames=['All'], MessageAttributeNames=['All'])['Messages']
out['bodies'] = [m['Body'] for m in got]
out['blob'] = got[0]['MessageAttributes']['blob']['BinaryValue'].hex()
out['count'] = got[0]['Attributes']['ApproximateReceiveCount']
sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=got[0]['ReceiptHandle'], VisibilityTimeout=0)
again = sqs.receive_message(QueueUrl=url)['Messages'][0]
out['same'] = again['MessageId'] == got[0]['MessageId']
sqs.delete_message(QueueUrl=url, ReceiptHandle=again['ReceiptHandle'])
done = sqs.delete_message_batch(QueueUrl=url, Entries=[{'Id': '1', 'ReceiptHandle': got[1]['ReceiptHandle']}])
out['deleted'] = [e['Id'] for e in done['Successful']]
threading.Timer(0.5, lambda: sqs.send_message(QueueUrl=url, MessageBody='late')).start()
out['waited'] = [m['Body'] for m in sqs.receive_message(QueueUrl=url, WaitTimeSeconds=20)['Messages']]
out['attributes'] = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=['All'])['Attributes']
sqs.set_queue_attributes(QueueUrl=url, Attributes={'DelaySeconds': '3'})
out['delay'] = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=['DelaySeconds'])['Attributes']
out['tags'] = sqs.list_queue_tags(QueueUrl=url)['Tags']
sqs.purge_queue(QueueUrl=url)
def code(call):
    try:
        call()
    except sqs.exceptions.ClientError as e:
        return [type(e).__name__, e.response['Error']['Code'], e.response['ResponseMetadata']['HTTPStatusCode']]
out['errors'] = [
    code(lambda: sqs.purge_queue(QueueUrl=url)),
    code(lambda: sqs.get_queue_url(QueueName='none')),
    code(lambda: sqs.delete_message(QueueUrl=url, ReceiptHandle='x')),
    code(lambda: sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=11)),
    code(lambda: sqs.create_queue(QueueName='q', Attributes={'FifoQueue': 'true'})),
    code(lambda: sqs.add_permission(QueueUrl=url, Label='l', AWSAccountIds=['1'], Actions=['*'])),
]
out['account'] = boto3.client('sts', endpoint_url=os.environ['ENDPOINT']).get_caller_identity()['Account']
print(json.dumps(out))
`;

describe('SQS with boto3', () => {
  it.skipIf(boto3.leftOut)('the whole flow', async () => {
    expect(await runBoto3(emulator.endpoint, script)).toEqual({
      url: true,
      md5: expect.stringMatching(/^[0-9a-f]{32}$/),
      batch: [['a'], [['b', 'InvalidParameterValue', true]]],
      bodies: ['주문 & <1>', 'two'],
      blob: '00ff',
      count: '1',
      same: true,
      deleted: ['1'],
      waited: ['late'],
      attributes: expect.objectContaining({
        QueueArn: 'arn:aws:sqs:us-east-1:000000000000:orders',
        VisibilityTimeout: '30',
        ApproximateNumberOfMessagesNotVisible: '1',
      }),
      delay: { DelaySeconds: '3' },
      tags: { team: 'a' },
      errors: [
        ['PurgeQueueInProgress', 'AWS.SimpleQueueService.PurgeQueueInProgress', 403],
        ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue', 400],
        ['ReceiptHandleIsInvalid', 'ReceiptHandleIsInvalid', 404],
        ['ClientError', 'InvalidParameterValue', 400],
        ['ClientError', 'InvalidParameterValue', 400],
        ['ClientError', 'InvalidParameterValue', 400],
      ],
      account: '000000000000',
    });
  });
});
