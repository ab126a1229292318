/**
 * Two ways a request can be wrong before an action sees it: bytes that cannot be read, and values that do not fit.
 *
 * The second is told by each service in its own words (`Service.refuseInput`); the first by AWS's common front end.
 */
import type { InputProblem } from '../service.ts';
import { AwsError } from '../service.ts';

/** Thrown by codecs and by `validate`; becomes an `AwsError` once the service is known. */
export class InputError extends Error {
  readonly problem: InputProblem;

  constructor(problem: InputProblem) {
    super(`${problem.path}: ${problem.kind}`);
    this.name = 'InputError';
    this.problem = problem;
  }
}

/** The words of the validation layer that most JSON services share. */
export function validationError(problem: InputProblem, shape = 'ValidationException'): AwsError {
  return new AwsError(shape, `1 validation error detected: ${sentence(problem)}`, { queryCode: 'ValidationError' });
}

function sentence(problem: InputProblem): string {
  const at = `at '${lowerFirst(problem.path)}' failed to satisfy constraint`;
  switch (problem.kind) {
    case 'missing':
      return `Value null ${at}: Member must not be null`;
    case 'range': {
      const below = problem.min !== undefined && problem.value < problem.min;
      const bound = below
        ? `greater than or equal to ${problem.min}`
        : `less than or equal to ${problem.max ?? problem.value}`;
      return `Value '${problem.value}' ${at}: Member must have value ${bound}`;
    }
    case 'type':
      return `Value '${problem.value}' ${at}: Member must be ${problem.expected}`;
  }
}

/** These services spell members in lower camel case in their words, whatever the wire says. */
function lowerFirst(path: string): string {
  return path
    .split('.')
    .map((part) => part.charAt(0).toLowerCase() + part.slice(1))
    .join('.');
}

/** Bytes that are not what the content type promises. */
export function serializationError(detail: string): AwsError {
  return new AwsError('SerializationException', detail, { queryCode: 'MalformedInput' });
}
