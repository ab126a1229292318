/**
 * One replay: the setup is checked, then the loop that fits runs it. Which one it was cannot be told from the result.
 *
 * Not here: the loops themselves (run.ts for everything, kernel/ for plain groups, which most are).
 */
import type { ReplayRun, ReplaySetup } from '../core/contract/shapes.ts';
import { SpillwayError } from '../core/errors.ts';
import { phrases } from '../core/messages/terms.ts';
import { isPlain } from './kernel/plain.ts';
import { kernelSteps } from './kernel/steps.ts';
import { loopSteps } from './run.ts';
import type { ReplayInput } from './types.ts';
import { validateSetup } from './validate.ts';

/**
 * Replay one setup over the recorded arrivals.
 *
 * @param input minute columns, the situation at the start, the candidate and the assumptions; not changed
 * @returns columns per minute (gauges as `options.gauge` says, fleet at the minute's end), decisions with repeats folded (told when first read),
 *          alarm changes, and the summary; peaks in the summary are of any instant
 * @throws SpillwayError POLICY_INVALID when the setup has a fault (`validateSetup` gives all of them)
 */
export function runReplay(input: ReplayInput): ReplayRun {
  const steps = replaySteps(input);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/**
 * The same in slices, for a caller that has other things to do in between: some milliseconds each.
 *
 * @throws SpillwayError as `runReplay`, at the first step
 */
export function* replaySteps(input: ReplayInput): Generator<number, ReplayRun> {
  refuseFaults(input.setup);
  return yield* isPlain(input) ? kernelSteps(input) : loopSteps(input);
}

function refuseFaults(setup: ReplaySetup): void {
  const [first] = validateSetup(setup);
  if (first === undefined) return;
  throw new SpillwayError('POLICY_INVALID', {
    policy: first.policyName ?? setup.label,
    field: first.field,
    problem: phrases([{ term: first.reason, params: first.params ?? {} }]),
  });
}
