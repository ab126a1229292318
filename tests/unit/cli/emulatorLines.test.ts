import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tellPlayBack } from '../../../src/cli/host/emulatorState.ts';
import { refusalOf, runUntil } from './running.ts';

let folder: string;
let stateFile: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'spillway-says-'));
  stateFile = path.join(folder, 'state');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const emulator = ['emulator', '--port', '0', '--clock', 'stepped'];
const environment = /^export AWS_ENDPOINT_URL=(\S+) AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1/;

function given(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** Queues are made in a kept emulator, which is stopped then. */
async function keep(...queues: readonly string[]): Promise<void> {
  const { printed, stop } = await runUntil('en', [...emulator, '--state', stateFile], environment);
  const [, endpoint = ''] = environment.exec(printed.at(-1)!)!;
  for (const QueueName of queues) {
    const headers = { 'x-amz-target': 'AmazonSQS.CreateQueue', 'content-type': 'application/x-amz-json-1.0' };
    const reply = await fetch(endpoint, { method: 'POST', headers, body: JSON.stringify({ QueueName }) });
    expect(reply.status).toBe(200);
  }
  await stop();
}

describe('a running emulator speaks the language of its user', () => {
  it.each([
    ['en', 'Emulator ready at ', 'For SDKs and the AWS CLI:'],
    ['ko', '에뮬레이터 준비 완료: ', 'SDK와 AWS CLI에서 쓸 환경 변수:'],
  ] as const)(
    '%s: where it is, and the line for a shell, which is the same in both',
    async (language, ready, forSdks) => {
      const { printed, complaints, stop } = await runUntil(language, emulator, environment);
      const [, endpoint] = environment.exec(printed[2]!)!;
      expect(printed).toEqual([
        `${ready}${endpoint}`,
        forSdks,
        `export AWS_ENDPOINT_URL=${endpoint} AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1 AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test`,
      ]);
      expect(complaints).toEqual([]);
      expect(await stop()).toBe(0);
    },
  );

  it('keys of a file, and how to trust its certificate', async () => {
    const keyFile = given('keys', 'AKIDEXAMPLE hush\n');
    const words = [...emulator, '--tls', '--verify-signatures', keyFile];
    const { printed, stop } = await runUntil('ko', words, /--tls-cert-out/);
    expect(printed.slice(3)).toEqual([
      `서명을 검증합니다. AWS_ACCESS_KEY_ID와 AWS_SECRET_ACCESS_KEY를 ${keyFile}에 있는 키로 설정하세요.`,
      '클라이언트가 이 인증서를 신뢰하도록 설정해야 합니다. --tls-cert-out FILE로 인증서를 파일에 쓰고 AWS_CA_BUNDLE과 NODE_EXTRA_CA_CERTS에 그 파일을 지정하세요.',
    ]);
    expect(await stop()).toBe(0);
  });

  it('the line that makes a shell trust the certificate is the same in both', async () => {
    const file = path.join(folder, 'c.pem');
    const { printed, stop } = await runUntil('ko', [...emulator, '--tls', '--tls-cert-out', file], /CA_BUNDLE/);
    expect(printed.at(-1)).toBe(`export AWS_CA_BUNDLE=${file} NODE_EXTRA_CA_CERTS=${file}`);
    await stop();
  });

  it('what came back from its state file', async () => {
    await keep('one', 'two');
    const { printed, complaints, stop } = await runUntil('ko', [...emulator, '--state', stateFile], environment);
    expect(printed[0]).toBe(`상태를 ${stateFile}에 저장합니다. 이 파일에서 복원한 요청: 2개`);
    expect(complaints).toEqual([]);
    await stop();
  });

  it('[STATE-20] what was dropped of its state file', async () => {
    await keep('one', 'two');
    const bytes = readFileSync(stateFile);
    const lastLine = bytes.subarray(bytes.lastIndexOf('\n', bytes.length - 2) + 1);
    writeFileSync(stateFile, bytes.subarray(0, bytes.length - 4));
    const { printed, complaints, stop } = await runUntil('ko', [...emulator, '--state', stateFile], environment);
    expect(printed[0]).toContain('복원한 요청: 1개');
    expect(complaints).toEqual([
      `이 파일의 마지막 항목은 기록하다 잘려 제외했습니다(${lastLine.length - 4}바이트). 응답한 적이 없는 요청입니다.`,
    ]);
    await stop();
  });

  it('[STATE-60] how far playing back is', () => {
    const said: string[] = [];
    const tell = tellPlayBack({ language: 'ko', print: () => {}, complain: (line) => said.push(line) });
    tell({ file: 'f', requests: 1_234_567, share: 0.1, elapsedMs: 1_000 });
    expect(said).toEqual(['f에서 상태 복원 중: 요청 1,234,567개, 10%, 약 9초 남음']);
  });
});

describe('an emulator that cannot start says why in the language of its user', () => {
  it('its port is taken', async () => {
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
    const { port } = blocker.address() as AddressInfo;
    try {
      expect(await refusalOf('ko', ['emulator', '--port', String(port)])).toBe(
        `127.0.0.1의 ${port} 포트를 다른 프로그램이 쓰고 있습니다. 그 프로그램을 멈추거나 --port로 다른 포트를 고르세요.`,
      );
    } finally {
      blocker.close();
    }
  });

  it('[STATE-25] its state file is in use', async () => {
    const { stop } = await runUntil('en', [...emulator, '--state', stateFile], environment);
    expect(await refusalOf('ko', [...emulator, '--state', stateFile])).toMatch(
      /state를 다른 에뮬레이터\(프로세스 \d+\)가 쓰고 있습니다\. .*지우세요\.$/,
    );
    await stop();
  });

  it('[STATE-21] its state file is damaged', async () => {
    await keep('one', 'two');
    const text = readFileSync(stateFile, 'latin1');
    writeFileSync(stateFile, text.replace('"one"', '"eno"'), 'latin1');
    const before = text.slice(0, text.lastIndexOf('\n', text.indexOf('"one"')) + 1);
    expect(await refusalOf('ko', [...emulator, '--state', stateFile])).toContain(
      `${stateFile}의 ${before.split('\n').length}번째 줄(${before.length}바이트 위치부터)이 손상되었습니다. 바뀐 것은 없습니다. `,
    );
  });

  it('[STATE-24] its state file is of another cloud', async () => {
    await keep('one');
    expect(await refusalOf('ko', [...emulator, '--state', stateFile, '--strict-quotas'])).toContain(
      '지금은 on입니다. 같은 값으로 시작하거나 --state로 다른 파일을 지정하세요.',
    );
  });
});
