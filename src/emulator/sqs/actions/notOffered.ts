import { type Action, defineAction } from '../../service.ts';
import { structure } from '../../wire/shapes.ts';
import { unsupportedOperation } from '../errors.ts';
import type { SqsState } from '../state.ts';
import { noOutput } from '../wireShapes.ts';

/** Actions that SQS has and this emulator does not: refused by name rather than imitated. */
export const notOffered: readonly Action<SqsState>[] = [
  'AddPermission',
  'RemovePermission',
  'StartMessageMoveTask',
  'CancelMessageMoveTask',
  'ListMessageMoveTasks',
].map((name) =>
  defineAction<SqsState, unknown, never>({
    name,
    input: structure({}),
    output: noOutput,
    run() {
      throw unsupportedOperation(`${name} is not part of this emulator yet.`);
    },
  }),
);
