/**
 * Calls of the contract from a command: the same methods the screens use, errors thrown as sentences.
 */
import type { EngineApi } from '../core/contract/engine.ts';
import type { Input, MethodName, Output } from '../core/contract/methods.ts';
import { SpillwayError } from '../core/errors.ts';

/** @throws SpillwayError with the engine's error value */
export async function callEngine<M extends MethodName>(
  engine: Pick<EngineApi, 'call'>,
  method: M,
  input: Input<M>,
): Promise<Output<M>> {
  const result = await engine.call(method, input);
  if (!result.ok) throw new SpillwayError(result.error.code, result.error.params, result.error.retryable);
  return result.value as Output<M>;
}
