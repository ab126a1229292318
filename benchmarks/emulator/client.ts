/**
 * AWS JSON over keep-alive connections with as little of a client as will do: undici's pool and its raw handlers.
 *
 * It takes most of one core at full load, so what it saves is what the servers are told apart by. Headers are those an SDK
 * sends; nothing verifies the signature. Answers are not parsed: what is needed of them is cut out (receiptHandles).
 */
import { type Dispatcher, Pool } from 'undici';

export interface SqsClient {
  /** The answer's text. @throws Error for any status but 200 */
  call(operation: string, body: string): Promise<string>;
  close(): Promise<void>;
}

/** Of a request of AWS JSON, as an SDK sends them but for the length. */
export const headersOf = (operation: string): Readonly<Record<string, string>> => ({
  'content-type': 'application/x-amz-json-1.0',
  'x-amz-target': `AmazonSQS.${operation}`,
  'x-amz-date': '20260302T000000Z',
  authorization:
    'AWS4-HMAC-SHA256 Credential=test/20260302/us-east-1/sqs/aws4_request, ' +
    'SignedHeaders=content-type;host;x-amz-date;x-amz-target, ' +
    `Signature=${'0123456789abcdef'.repeat(4)}`,
});

export function createSqsClient(endpoint: string, connections: number): SqsClient {
  const pool = new Pool(endpoint, { connections, pipelining: 1 });
  const requests = new Map<string, Dispatcher.DispatchOptions>();

  /** Everything of a request but its body: made once for an operation. */
  function requestOf(operation: string): Dispatcher.DispatchOptions {
    let request = requests.get(operation);
    if (request === undefined) {
      request = { path: '/', method: 'POST', headers: headersOf(operation) };
      requests.set(operation, request);
    }
    return request;
  }

  return {
    call: (operation, body) =>
      new Promise((resolve, reject) => {
        let text = '';
        let status = 0;
        pool.dispatch(
          { ...requestOf(operation), body },
          {
            onRequestStart() {},
            onResponseStart(_controller, statusCode) {
              status = statusCode;
            },
            onResponseData(_controller, chunk) {
              text += chunk.toString('latin1');
            },
            onResponseEnd() {
              if (status === 200) resolve(text);
              else reject(new Error(`${operation} was answered with ${status}: ${text}`));
            },
            onResponseError(_controller, error) {
              reject(error);
            },
          },
        );
      }),
    close: () => pool.close(),
  };
}

const handleName = '"ReceiptHandle":"';

/** Receipt handles of an answer to ReceiveMessage, as they stand in its text. No handle of any server here needs unescaping. */
export function receiptHandles(answer: string): string[] {
  const handles: string[] = [];
  for (let at = answer.indexOf(handleName); at >= 0; at = answer.indexOf(handleName, at)) {
    const from = at + handleName.length;
    at = answer.indexOf('"', from);
    handles.push(answer.slice(from, at));
  }
  return handles;
}
