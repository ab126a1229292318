/**
 * The floor: Node's own HTTP server, bare. It reads a request to its end and sends a fixed answer of the usual length; it parses,
 * keeps and checks nothing. A child process: `floorServer.ts single|batch`, tells its endpoint over the channel.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { batchSize, bodyBytes } from './load.ts';

const received = process.argv[2] === 'batch' ? batchSize : 1;
const messageId = '3f2a6c1e-7b4d-4e8a-8c5f-0d9b1a2e3f4c';
const md5 = '9e107d9d372bb6826bd81d3542a419d6';
const requestId = '5b1d8f3a-2c4e-4a6b-8d7f-9e0c1b2a3d4e';
const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const message = (index: number) => ({
  MessageId: messageId,
  ReceiptHandle: `AQEB1x2y3z4/${(1_000_000 + index).toString(36)}/1`,
  MD5OfBody: md5,
  Body: 'x'.repeat(bodyBytes),
});
const sent = (index: number) => ({ Id: String(index), MessageId: messageId, MD5OfMessageBody: md5 });

const answers = new Map(
  Object.entries({
    CreateQueue: { QueueUrl: 'http://127.0.0.1:40000/000000000000/load' },
    SendMessage: { MessageId: messageId, MD5OfMessageBody: md5 },
    SendMessageBatch: { Successful: many(batchSize, sent) },
    ReceiveMessage: { Messages: many(received, message) },
    DeleteMessage: {},
    DeleteMessageBatch: { Successful: many(batchSize, (index) => ({ Id: String(index) })) },
  }).map(([operation, value]) => [`AmazonSQS.${operation}`, JSON.stringify(value)]),
);

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  request.on('data', () => {});
  request.on('end', () => {
    const body = answers.get(request.headers['x-amz-target'] as string)!;
    response.writeHead(200, {
      'content-type': 'application/x-amz-json-1.0',
      'x-amzn-requestid': requestId,
      'content-length': Buffer.byteLength(body),
    });
    response.end(body);
  });
});
server.listen(0, '127.0.0.1', () => {
  process.send!({ endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
process.once('disconnect', () => process.exit(0));
