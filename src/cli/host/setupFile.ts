/**
 * The file of `replay --setup`: JSON (or YAML) with one setup or a list of them, checked against the contract.
 *
 * Every fault is told with file, line, field and what was expected (expectation.ts), all of them in one go.
 */
import { LineCounter, parseDocument } from 'yaml';
import { hpaBehavior } from '../../core/contract/scalerShapes.ts';
import type { ReplaySetup } from '../../core/contract/shapes.ts';
import * as shapes from '../../core/contract/shapes.ts';
import type { ErrorValue } from '../../core/errors.ts';
import type { MessageKey } from '../../core/messages/index.ts';
import { expectationOf, type Issue } from './expectation.ts';

export type ReadSetups =
  | { readonly ok: true; readonly setups: ReplaySetup[] }
  | { readonly ok: false; readonly errors: readonly ErrorValue[] };

type Path = readonly (string | number)[];
const policy = shapes.replaySetup.shape.policies.element.shape;
const simple = shapes.replaySetup.shape.simple.unwrap().element;
const scalers = shapes.replaySetup.shape.scaler.unwrap().options;
const scalerKinds = scalers.map(({ shape }) => shape.kind.value).join(' | ');
/** Field names of each mapping, by its path without positions. */
const fieldsOf: Readonly<Record<string, object>> = {
  '': shapes.replaySetup.shape,
  group: shapes.replaySetup.shape.group.shape,
  'group.hooks': shapes.replaySetup.shape.group.shape.hooks.unwrap().shape,
  'group.warmPool': shapes.replaySetup.shape.group.shape.warmPool.unwrap().shape,
  schedule: shapes.scheduledAction.shape,
  policies: policy,
  'policies.policy': policy.policy.shape,
  'policies.policy.steps': policy.policy.shape.steps.element.shape,
  'policies.alarm': policy.alarm.shape,
  simple: simple.shape,
  'simple.policy': simple.shape.policy.shape,
  'simple.alarm': simple.shape.alarm.shape,
  tracking: shapes.replaySetup.shape.tracking.unwrap().element.shape,
  'scaler.behavior': hpaBehavior.shape,
  'scaler.behavior.scaleUp': hpaBehavior.shape.scaleUp.unwrap().shape,
  'scaler.behavior.scaleDown': hpaBehavior.shape.scaleDown.unwrap().shape,
  ...Object.fromEntries(scalers.map(({ shape }) => [`scaler:${shape.kind.value}`, shape])),
};

export function readSetups(text: string, file: string): ReadSetups {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    const errors = document.errors.map((error) => {
      const detail = error.message.replaceAll(/\s+/g, ' ').replace(/\.$/, '');
      return fault('FILE_SYNTAX', { file, line: lines.linePos(error.pos[0]).line, detail });
    });
    return { ok: false, errors };
  }
  const content: unknown = document.toJS();
  const isList = Array.isArray(content);
  const parsed = shapes.replaySetup.array().safeParse(isList ? content : [content]);
  if (parsed.success) return { ok: true, setups: parsed.data };

  /** A missing field is told at the line of what should hold it. */
  const lineOf = (path: Path): number => {
    for (let length = path.length; length >= 0; length--) {
      const node: unknown = document.getIn(path.slice(0, length), true);
      const range = (node as { range?: readonly number[] | null } | undefined)?.range;
      if (range != null) return lines.linePos(range[0]!).line;
    }
    return 1;
  };
  const errors = (parsed.error.issues as readonly Issue[]).flatMap((issue) => {
    const whole = issue.path as Path;
    // One setup was put into a list of one: its position is not in the file.
    const path = isList ? whole : whole.slice(1);
    const at = { file, line: lineOf(path) };
    if (issue.code === 'unrecognized_keys') {
      const place = pathText(whole.slice(1), false);
      const kind = place === 'scaler' ? `:${String(valueAt(content, [...path, 'kind']))}` : '';
      const known = Object.keys(fieldsOf[`${place}${kind}`] ?? {}).join(', ');
      return (issue.keys ?? []).map((key) =>
        fault('FILE_FIELD_UNKNOWN', {
          file,
          line: lineOf([...path, key]),
          field: pathText([...path, key]),
          expected: known,
        }),
      );
    }
    const field = pathText(path) || file;
    // The one union is of scalers, told apart by their kind.
    const expected = issue.code === 'invalid_union' ? scalerKinds : expectationOf(issue);
    const found = valueAt(content, path);
    if (found === undefined) return [fault('FILE_FIELD_MISSING', { ...at, field, expected })];
    return [fault('FILE_FIELD_INVALID', { ...at, field, found: JSON.stringify(found), expected })];
  });
  return { ok: false, errors };
}

const fault = (code: MessageKey, params: ErrorValue['params']): ErrorValue => ({ code, params, retryable: false });

function valueAt(content: unknown, path: Path): unknown {
  let at = content;
  for (const name of path) at = (at as Readonly<Record<string | number, unknown>> | null | undefined)?.[name];
  return at;
}

/** `policies[0].policy.name` */
function pathText(path: Path, positions = true): string {
  return path
    .map((name) => (typeof name === 'string' ? `.${name}` : positions ? `[${name}]` : ''))
    .join('')
    .replace(/^\./, '');
}
