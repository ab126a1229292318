/** Required members and number ranges, the same for every protocol: the part of a shape that codecs do not check. */
import { InputError } from './inputError.ts';
import type { Shape, StructureShape } from './shapes.ts';

/** @throws InputError for the first member that does not fit */
export function validate(shape: StructureShape, value: Readonly<Record<string, unknown>>): void {
  validateStructure(shape, value, '');
}

function validateStructure(shape: StructureShape, value: Readonly<Record<string, unknown>>, prefix: string): void {
  for (const [name, member] of shape.entries) {
    const present = value[name];
    if (present === undefined) {
      if (member.required) throw new InputError({ kind: 'missing', path: prefix + name });
    } else if (member.shape.type !== 'text') {
      validateValue(member.shape, present, prefix + name);
    }
  }
}

function validateValue(shape: Shape, value: unknown, path: string): void {
  switch (shape.type) {
    case 'whole': {
      const number = value as number;
      const { min, max } = shape;
      if ((min !== undefined && number < min) || (max !== undefined && number > max)) {
        throw new InputError({ kind: 'range', path, value: number, min, max });
      }
      return;
    }
    case 'list':
      (value as readonly unknown[]).forEach((element, index) => {
        validateValue(shape.of, element, `${path}.${index + 1}`);
      });
      return;
    case 'map':
      for (const [key, element] of Object.entries(value as Record<string, unknown>)) {
        validateValue(shape.of, element, `${path}.${key}`);
      }
      return;
    case 'structure':
      validateStructure(shape, value as Record<string, unknown>, `${path}.`);
      return;
    default:
  }
}
