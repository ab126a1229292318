/** A Query request as a list of fields, as clients write them and with one thing wrong. */
import { Buffer } from 'node:buffer';
import type { Shape, StructureShape } from '../../../../../src/emulator/wire/shapes.ts';
import type { Chance } from './chance.ts';
import { nearNumber, nearText, oddNames, oddTexts } from './oddities.ts';

export type Field = [name: string, value: string];

/** The fields of an input, spelled as its shape says (shapes.ts). */
export function fieldsOf(shape: StructureShape, input: Readonly<Record<string, unknown>>): Field[] {
  const fields: Field[] = [];
  structureFields(shape, input, '', fields);
  return fields;
}

function structureFields(
  shape: StructureShape,
  input: Readonly<Record<string, unknown>>,
  prefix: string,
  fields: Field[],
): void {
  for (const [name, member] of Object.entries(shape.members)) {
    const value = input[name];
    if (value !== undefined) valueFields(member.shape, value, prefix, name, fields);
  }
}

function valueFields(shape: Shape, value: unknown, prefix: string, name: string, fields: Field[]): void {
  switch (shape.type) {
    case 'structure':
      structureFields(shape, value as Record<string, unknown>, `${prefix}${name}.`, fields);
      break;
    case 'list': {
      const path = shape.flattened ? `${prefix}${shape.queryName ?? name}.` : `${prefix}${name}.member.`;
      (value as readonly unknown[]).forEach((item, index) => {
        valueFields(shape.of, item, path, String(index + 1), fields);
      });
      break;
    }
    case 'map': {
      const path = shape.flattened ? `${prefix}${shape.queryName ?? name}.` : `${prefix}${name}.entry.`;
      Object.entries(value as Record<string, unknown>).forEach(([key, item], index) => {
        fields.push([`${path}${index + 1}.${shape.keyName}`, key]);
        valueFields(shape.of, item, `${path}${index + 1}.`, shape.valueName, fields);
      });
      break;
    }
    case 'timestamp':
      fields.push([prefix + name, new Date(value as number).toISOString()]);
      break;
    case 'blob':
      fields.push([prefix + name, Buffer.from(value as Uint8Array).toString('base64')]);
      break;
    default:
      fields.push([prefix + name, String(value)]);
  }
}

const nameParts: readonly string[] = [
  ...['1', '2', '0', '-1', '999999999', '1e9', '01', 'member', 'member.1', 'entry.1', 'entry.1.key', 'Name', 'Value'],
  ...['', '.', '..', '__proto__', 'constructor', '1.__proto__', 'member.1.member.1', '1.1.1.1.1.1.1.1.1.1.1.1.1.1'],
];

/** Changes, adds and removes some fields; or makes one of them very long or very many. */
export function spoilFields(fields: Field[], chance: Chance): void {
  if (chance.odds(0.05)) {
    chance.weighted(hugeStrokes)(chance.pick(fields), fields, chance);
    return;
  }
  for (let left = 1 + chance.below(3); left > 0 && fields.length > 0; left--) {
    // Action and Version stand first; without them nothing else is looked at.
    const at =
      fields.length > 2 && chance.odds(0.9) ? 2 + chance.below(fields.length - 2) : chance.below(fields.length);
    chance.weighted(smallStrokes)(fields[at]!, fields, chance);
  }
}

type Strokes = readonly (readonly [weight: number, run: (field: Field, fields: Field[], chance: Chance) => void])[];

const smallStrokes: Strokes = [
  [30, (field, _, chance) => setValue(field, chance.pick(oddTexts))],
  [20, (field, _, chance) => setValue(field, nearText(chance, field[1]))],
  [10, (field, _, chance) => setValue(field, String(nearNumber(chance, Number(field[1]) || chance.below(100))))],
  [7, (field, fields) => void fields.splice(fields.indexOf(field), 1)],
  [5, ([name], fields, chance) => void fields.push([name, chance.pick(oddTexts)])],
  [6, ([name, value], fields, chance) => void fields.push([`${name}.${chance.pick(nameParts)}`, value])],
  [6, (field, _, chance) => setName(field, nearText(chance, field[0]))],
  [4, (field, _, chance) => setName(field, chance.pick(oddNames))],
  [4, (field, _, chance) => setName(field, field[0].replace(/\d+/, chance.pick(nameParts)))],
  [4, (field, fields, chance) => swapValues(field, chance.pick(fields))],
];

const hugeStrokes: Strokes = [
  [
    2,
    (field, _, chance) => setName(field, field[0] + `.${chance.pick(nameParts)}`.repeat(chance.pick([13, 500, 5_000]))),
  ],
  [2, (field, fields, chance) => multiply(fields, field, chance)],
  [
    2,
    (field, _, chance) =>
      setValue(field, chance.pick(['a', 'é', '<', '\u0000']).repeat(chance.pick([300, 5_000, 40_000]))),
  ],
];

const setValue = (field: Field, to: string): void => {
  field[1] = to;
};

const setName = (field: Field, to: string): void => {
  field[0] = to;
};

function swapValues(one: Field, other: Field): void {
  [one[1], other[1]] = [other[1], one[1]];
}

function multiply(fields: Field[], [name, value]: Field, chance: Chance): void {
  const count = chance.odds(0.02) ? 20_001 : chance.pick([11, 101, 1_001]);
  const stem = /\d/.test(name) ? name : `${name}.1`;
  for (let n = 0; n < count; n++) fields.push([stem.replace(/\d+/, String(n)), value]);
}

/** The fields percent-encoded; a lone surrogate becomes U+FFFD, as in every encoder. */
export function formText(fields: readonly Field[]): string {
  return fields.map(([name, value]) => `${escaped(name)}=${escaped(value)}`).join('&');
}

const escaped = (text: string): string => encodeURIComponent(text.toWellFormed()).replaceAll('%20', '+');

const pieces: readonly string[] = [
  ...[
    '%',
    '%2',
    '%zz',
    '%u0041',
    '%00',
    '%ff',
    '%C0%AF',
    '%ED%A0%80',
    '%F5%80%80%80',
    '%E2%82',
    '+',
    '&',
    '&&',
    '=',
    '==',
  ],
  ...[
    ';',
    '#',
    '?',
    '&=',
    '=&',
    '&a',
    '&=a',
    '\u0000',
    '\n',
    '\r\n',
    'é',
    '&Action=',
    '&Version=2012-11-05',
    '&Action=ListQueues',
  ],
];

/** Breaks the writing of the form itself. */
export function spoilForm(text: string, chance: Chance): string {
  const at = chance.below(text.length + 1);
  const piece = chance.pick(pieces);
  return text.slice(0, at) + (chance.odds(0.03) ? piece.repeat(3_000) : piece) + text.slice(at + chance.below(3));
}
