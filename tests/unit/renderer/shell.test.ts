import { describe, expect, it } from 'vitest';
import { hostCommands } from '../../../src/core/contract/commands.ts';
import type { ConnectionStatus } from '../../../src/core/contract/shapes.ts';
import { type CommandId, commandTable, createCommands, keyBindings } from '../../../src/renderer/app/commands.ts';
import { emptyConnectForm, readConnectForm } from '../../../src/renderer/app/connectForm.ts';
import { inScope, stateWord } from '../../../src/renderer/app/connectionState.ts';
import { codesOf, createKeyMatcher, type KeyPress, keyConflicts, sequenceMs } from '../../../src/renderer/app/keys.ts';
import { nameInArn, parseHash, type Route, routeHash } from '../../../src/renderer/app/routes.ts';
import { shownTheme } from '../../../src/renderer/app/theme.ts';

const press = (code: string, part: Partial<KeyPress> = {}): KeyPress => ({
  code,
  mod: false,
  shift: false,
  alt: false,
  composing: false,
  inTextField: false,
  atMs: 0,
  ...part,
});

describe('UX-60 keys and commands', () => {
  it('have no conflicts', () => expect(keyConflicts(keyBindings)).toEqual([]));

  it('report a key that hides another', () => {
    expect(
      keyConflicts([
        { id: 'a', keys: 'g' },
        { id: 'b', keys: 'g o' },
      ]),
    ).toHaveLength(1);
  });

  it('are found by code', () => {
    expect(codesOf('Mod+K')).toEqual(['Mod+KeyK']);
    expect(codesOf('g o')).toEqual(['KeyG', 'KeyO']);
    expect(codesOf('?')).toEqual(['Shift+Slash']);
  });

  it('UX-62 match in Hangul mode, where only the code is Latin', () => {
    const match = createKeyMatcher(keyBindings);
    expect(match(press('KeyZ'))).toBe('range.zoomOut');
    expect(match(press('Slash', { shift: true }))).toBe('help.keys');
  });

  it('take two keys within the time for a sequence', () => {
    const match = createKeyMatcher(keyBindings);
    expect(match(press('KeyG', { atMs: 0 }))).toBeNull();
    expect(match(press('KeyO', { atMs: sequenceMs }))).toBe('go.overview');
    expect(match(press('KeyG', { atMs: 10_000 }))).toBeNull();
    expect(match(press('KeyO', { atMs: 10_001 + sequenceMs }))).toBeNull();
  });

  it('UX-61 leave single keys to text fields, but not those with Mod', () => {
    const match = createKeyMatcher(keyBindings);
    expect(match(press('KeyZ', { inTextField: true }))).toBeNull();
    expect(match(press('KeyK', { inTextField: true, mod: true }))).toBe('palette.open');
  });

  it('UX-62 are ignored while an input method composes', () => {
    const match = createKeyMatcher(keyBindings);
    expect(match(press('Enter', { composing: true, mod: true }))).toBeNull();
    expect(match(press('KeyK', { composing: true, mod: true }))).toBeNull();
  });

  it('run the handler given last, and say when there is none', () => {
    const commands = createCommands();
    const ran: string[] = [];
    commands.provide({ export: () => ran.push('shell') });
    const takeBack = commands.provide({ export: () => ran.push('screen') });
    expect([...commands.available.get()]).toEqual(['export']);
    expect(commands.run('export')).toBe(true);
    takeBack();
    commands.run('export');
    expect(ran).toEqual(['screen', 'shell']);
    expect(commands.run('go.overview')).toBe(false);
    expect(commands.run('made.up')).toBe(false);
  });

  it('know every command of the host that is not news of the engine', () => {
    const known = new Set<string>(commandTable.map(({ id }) => id satisfies CommandId));
    expect(hostCommands.filter((id) => !id.startsWith('engine.') && !known.has(id))).toEqual([]);
  });
});

describe('routes', () => {
  const queue = 'arn:aws:sqs:us-east-1:000000000000:a/b %한';
  it.each<Route>([
    { screen: 'overview' },
    { screen: 'queue', resourceId: queue },
    { screen: 'stream', resourceId: 'arn:aws:kinesis:us-east-1:000000000000:stream/clicks' },
    { screen: 'replay', resourceId: queue },
    { screen: 'incident', resourceId: null },
    { screen: 'incident', resourceId: queue },
  ])('$screen goes into the address and back', (route) => expect(parseHash(routeHash(route))).toEqual(route));

  it.each(['', '#', '#/nowhere', '#/queue', '#/queue/%E0%A4%A'])('%j is the overview', (hash) =>
    expect(parseHash(hash)).toEqual({ screen: 'overview' }),
  );

  it('name a resource by the end of its ARN', () => {
    expect(nameInArn('arn:aws:kinesis:us-east-1:000000000000:stream/clicks')).toBe('clicks');
    expect(nameInArn('arn:aws:sqs:us-east-1:000000000000:orders')).toBe('orders');
  });
});

describe('UX-14 the state word', () => {
  const connection = (state: ConnectionStatus['state'], kind: ConnectionStatus['kind'] = 'aws') =>
    ({ id: `${kind}-${state}`, state, kind }) as ConnectionStatus;

  it('is the worst in scope', () => {
    expect(stateWord([connection('live'), connection('stale')], 'ready', false)).toBe('stale');
    expect(stateWord([connection('live')], 'ready', false)).toBe('live');
    expect(stateWord([], 'ready', false)).toBe('none');
    expect(stateWord([connection('live')], 'reconnecting', false)).toBe('connecting');
    expect(stateWord([connection('live')], 'restarting', false)).toBe('connecting');
    expect(stateWord([connection('live')], 'failed', false)).toBe('error');
  });

  it('UX-15 says when only the screen stands still', () => {
    expect(stateWord([connection('live')], 'ready', true)).toBe('still');
    expect(stateWord([connection('error')], 'ready', true)).toBe('error');
  });

  it('UX-85 never mixes the demo with the rest', () => {
    const all = [connection('live'), connection('live', 'demo')];
    expect(inScope(all, 'all').map(({ kind }) => kind)).toEqual(['aws']);
    expect(inScope(all, 'demo-live').map(({ kind }) => kind)).toEqual(['demo']);
  });
});

describe('the connect form', () => {
  const filled = { ...emptyConnectForm, name: 'prod', region: 'ap-northeast-2' };

  it('becomes an input of the contract', () => {
    expect(readConnectForm(filled)).toEqual({
      input: {
        name: 'prod',
        kind: 'aws',
        region: 'ap-northeast-2',
        endpoint: null,
        credentials: { kind: 'default' },
        pollIntervalSeconds: 60,
      },
    });
    expect(readConnectForm({ ...filled, credentials: 'static', accessKeyId: 'a', secretAccessKey: 'b' })).toMatchObject(
      {
        input: { credentials: { kind: 'static', accessKeyId: 'a', secretAccessKey: 'b' } },
      },
    );
  });

  it.each([
    [{ name: ' ' }, { name: 'required' }],
    [{ region: 'Seoul' }, { region: 'region' }],
    [{ region: 'eusc-de' }, { region: 'region' }],
    [{ kind: 'emulator' }, { endpoint: 'endpointRequired' }],
    [{ endpoint: '127.0.0.1:4566' }, { endpoint: 'endpoint' }],
    [{ endpoint: 'ftp://x' }, { endpoint: 'endpoint' }],
    [{ credentials: 'profile' }, { profile: 'required' }],
    [{ credentials: 'static', accessKeyId: 'a' }, { secretAccessKey: 'required' }],
    [{ pollIntervalSeconds: '5' }, { pollIntervalSeconds: 'interval' }],
    [{ pollIntervalSeconds: 'x' }, { pollIntervalSeconds: 'interval' }],
  ] as const)('names what is wrong: %j', (part, faults) => {
    expect(readConnectForm({ ...filled, ...part })).toEqual({ faults });
  });
});

it('UX-84 the system theme follows the machine', () => {
  expect(shownTheme('system', true)).toBe('light');
  expect(shownTheme('system', false)).toBe('dark');
  expect(shownTheme('contrast', true)).toBe('contrast');
});
