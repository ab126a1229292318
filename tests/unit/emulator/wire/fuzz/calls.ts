/** Requests of one dialect, from a valid input to bytes, with wrong things done on the way. */
import { Buffer } from 'node:buffer';
import type { Action, Service } from '../../../../../src/emulator/service.ts';
import type { Dialect } from '../../../../../src/emulator/wire/router.ts';
import { cborBytes, deepCbor, oddCbor } from './cborBytes.ts';
import type { Chance } from './chance.ts';
import { damage, gzipped } from './damage.ts';
import { type Draft, spoilEnvelope } from './envelope.ts';
import { brokenJson, deepJson, spoilJsonText } from './jsonText.ts';
import { type Field, fieldsOf, formText, spoilFields, spoilForm } from './queryForm.ts';
import { type Spoils, spoilTree } from './spoilTree.ts';
import type { Stage } from './stage.ts';
import { jsonBytes, type Tree, treeOf } from './tree.ts';
import { validInput } from './validInput.ts';

export interface Call {
  readonly service: Service;
  readonly action: Action<unknown>;
}

/** Every action that the dialect reaches. A service that speaks JSON is reached by both versions of it, and by the older CBOR. */
export function callsOf(stage: Stage, dialect: Dialect): Call[] {
  return stage.cloud.home.services
    .filter((service) => protocolOf(service, dialect) !== null)
    .flatMap((service) => [...service.actions.values()].map((action) => ({ service, action })));
}

function protocolOf(service: Service, dialect: Dialect): unknown {
  if (dialect === 'query') return service.query;
  return dialect === 'rpc-cbor' ? service.cbor : service.json;
}

/** What is done to a request, beside nothing at all. Several may come together. */
interface Strokes {
  readonly input: boolean;
  readonly writing: boolean;
  readonly bytes: boolean;
  readonly envelope: boolean;
  readonly gzip: boolean;
}

const sound: Strokes = { input: false, writing: false, bytes: false, envelope: false, gzip: false };

const kinds: readonly (readonly [number, Partial<Strokes>])[] = [
  [5, {}],
  [48, { input: true }],
  [8, { writing: true }],
  [14, { bytes: true }],
  [3, { input: true, writing: true }],
  [4, { input: true, bytes: true }],
  [12, { envelope: true }],
  [2, { input: true, envelope: true }],
  [4, { gzip: true }],
];

export function draftOf({ service, action }: Call, dialect: Dialect, stage: Stage, chance: Chance): Draft {
  const strokes = { ...sound, ...chance.weighted(kinds) };
  const input = validInput(action, stage, chance);
  const draft =
    dialect === 'query'
      ? queryDraft(service, action, input, strokes, chance)
      : documentDraft(service, action, input, dialect, strokes, chance);
  if (strokes.bytes) draft.body = damage(draft.body, chance);
  if (strokes.gzip) {
    draft.body = gzipped(draft.body, chance);
    draft.headers['content-encoding'] = 'gzip';
  }
  if (strokes.envelope) spoilEnvelope(draft, chance);
  return draft;
}

function documentDraft(
  service: Service,
  action: Action<unknown>,
  input: Readonly<Record<string, unknown>>,
  dialect: Exclude<Dialect, 'query'>,
  strokes: Strokes,
  chance: Chance,
): Draft {
  const isJson = dialect === 'json-1.0' || dialect === 'json-1.1';
  const spoils = isJson ? jsonSpoils : cborSpoils;
  let tree: Tree = treeOf(action.input, input);
  if (strokes.input) tree = spoilTree(tree, spoils, chance);
  const body = isJson
    ? jsonBytes(tree)
    : cborBytes(tree, { unitsPerMs: dialect === 'rpc-cbor' ? 1 / 1_000 : 1, indefinite: strokes.writing });
  if (dialect === 'rpc-cbor') {
    return {
      method: 'POST',
      path: `/service/${service.cbor?.serviceName}/operation/${action.name}`,
      headers: { 'smithy-protocol': 'rpc-v2-cbor', 'content-type': 'application/cbor' },
      body,
    };
  }
  return {
    method: 'POST',
    path: '/',
    headers: {
      'x-amz-target': `${service.json?.targetPrefix}.${action.name}`,
      'content-type': `application/x-amz-${dialect}`,
      ...(chance.odds(0.3) ? { 'x-amzn-query-mode': 'true' } : {}),
    },
    body: isJson && strokes.writing ? spoilJsonText(body, chance) : body,
  };
}

const jsonSpoils: Spoils = { odd: (chance) => chance.pick(brokenJson), deep: deepJson };
const cborSpoils: Spoils = { odd: oddCbor, deep: deepCbor };

function queryDraft(
  service: Service,
  action: Action<unknown>,
  input: Readonly<Record<string, unknown>>,
  strokes: Strokes,
  chance: Chance,
): Draft {
  const fields: Field[] = [
    ['Action', action.name],
    ['Version', service.query?.version ?? ''],
    ...fieldsOf(action.input, input),
  ];
  if (strokes.input) spoilFields(fields, chance);
  let text = formText(fields);
  if (strokes.writing) text = spoilForm(text, chance);
  // Very old clients and links in mails put the fields into the address.
  if (chance.odds(0.06)) return { method: 'GET', path: `/?${text}`, headers: {}, body: new Uint8Array(0) };
  return {
    method: 'POST',
    path: chance.odds(0.03) ? '/000000000000/orders' : '/',
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: Buffer.from(text, 'utf8'),
  };
}
