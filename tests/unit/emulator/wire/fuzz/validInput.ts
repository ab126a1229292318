/** An input a client could send, made from what an action declares (shapes.ts) and what a cloud holds (stage.ts). */
import type { Action } from '../../../../../src/emulator/service.ts';
import type { Shape, StructureShape } from '../../../../../src/emulator/wire/shapes.ts';
import { startMs } from '../exchange.ts';
import type { Chance } from './chance.ts';
import { likely } from './likely.ts';
import { mostlyGiven, rarelyGiven } from './optionalMembers.ts';
import type { Stage } from './stage.ts';

interface Maker {
  readonly chance: Chance;
  readonly action: string;
  readonly handles: Stage['handles'];
}

export function validInput(action: Action<unknown>, stage: Stage, chance: Chance): Record<string, unknown> {
  return structureOf(action.input, '', { chance, action: action.name, handles: stage.handles });
}

function structureOf(shape: StructureShape, parent: string, maker: Maker): Record<string, unknown> {
  const { chance, action } = maker;
  const input: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(shape.members)) {
    const share = shareOf([`${action}.${name}`, `${parent}.${name}`, name]);
    if (member.required || chance.odds(share)) input[name] = valueFor(member.shape, name, parent, maker);
  }
  return input;
}

/** How often an optional member is given; the most exact of its names that is known decides. */
function shareOf(names: readonly string[]): number {
  for (const name of names) {
    if (mostlyGiven.has(name)) return 0.92;
    if (rarelyGiven.has(name)) return 0.04;
  }
  return 0.25;
}

function valueFor(shape: Shape, name: string, parent: string, maker: Maker): unknown {
  const { chance, action, handles } = maker;
  switch (shape.type) {
    case 'structure':
      return structureOf(shape, name, maker);
    case 'list':
      return Array.from({ length: 1 + chance.below(2) }, () => valueFor(shape.of, name, parent, maker));
    case 'map':
      return chance.pick(likely[`${action}.${name}`] ?? likely[name] ?? [{ a: 'b' }]);
    default: {
      const known = likely[`${action}.${name}`] ?? likely[`${parent}.${name}`] ?? handles[name] ?? likely[name];
      return known === undefined ? leafOf(shape, chance) : chance.pick(known);
    }
  }
}

function leafOf(shape: Shape, chance: Chance): unknown {
  switch (shape.type) {
    case 'whole':
      return chance.below(100);
    case 'decimal':
      return chance.below(1_000) / 8;
    case 'flag':
      return chance.odds(0.5);
    case 'timestamp':
      return startMs + chance.below(1_000_000);
    case 'blob':
      return Uint8Array.from({ length: chance.below(12) }, () => chance.below(256));
    default:
      return chance.pick(['a', 'b-1', 'some text', 'ü']);
  }
}
