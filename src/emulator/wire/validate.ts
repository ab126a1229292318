/** Required members and number ranges, the same for every protocol: the part of a shape that codecs do not check. */
import type { InputProblem } from '../service.ts';
import { InputError } from './inputError.ts';
import type { Shape, StructureShape } from './shapes.ts';

/** @throws InputError for the first member that does not fit */
export function validate(shape: StructureShape, value: Readonly<Record<string, unknown>>): void {
  const problem = structureProblem(shape, value);
  if (problem !== null) throw new InputError(problem);
}

function structureProblem(shape: StructureShape, value: Readonly<Record<string, unknown>>): InputProblem | null {
  const { demanding } = shape;
  for (let index = 0; index < demanding.length; index++) {
    const { 0: name, 1: member } = demanding[index]!;
    const present = value[name];
    if (present !== undefined) {
      const problem = valueProblem(member.shape, present);
      if (problem !== null) return within(name, problem);
    } else if (member.required) {
      return { kind: 'missing', path: name };
    }
  }
  return null;
}

/** Of the value itself, the path is empty: where it lies is put in front on the way out, so that what fits costs no text. */
function valueProblem(shape: Shape, value: unknown): InputProblem | null {
  switch (shape.type) {
    case 'whole': {
      const number = value as number;
      const { min, max } = shape;
      const fits = (min === undefined || number >= min) && (max === undefined || number <= max);
      return fits ? null : { kind: 'range', path: '', value: number, min, max };
    }
    case 'list': {
      const elements = value as readonly unknown[];
      for (let index = 0; index < elements.length; index++) {
        const problem = valueProblem(shape.of, elements[index]);
        if (problem !== null) return within(String(index + 1), problem);
      }
      return null;
    }
    case 'map':
      for (const [key, element] of Object.entries(value as Record<string, unknown>)) {
        const problem = valueProblem(shape.of, element);
        if (problem !== null) return within(key, problem);
      }
      return null;
    case 'structure':
      return structureProblem(shape, value as Record<string, unknown>);
    default:
      return null;
  }
}

const within = (name: string, problem: InputProblem): InputProblem => ({
  ...problem,
  path: problem.path === '' ? name : `${name}.${problem.path}`,
});
