/**
 * The Policy that a queue is given: its quotas and the text that it is read back as.
 *
 * Not here: what a policy is and what it allows (../policy), AddPermission's statements (permissions.ts).
 */
import { type PolicyCounts, PolicyError, parsePolicy, policyCounts } from '../policy/index.ts';
import { invalidAttributeValue, overLimit } from './errors.ts';

const mostBytes = 8_192;
const quotas: readonly (readonly [of: keyof PolicyCounts, most: number, what: string, where: string])[] = [
  ['statements', 20, 'statements', 'the'],
  ['actionsPerStatement', 7, 'actions', 'a statement from the'],
  ['principals', 50, 'principals', 'the'],
  ['conditions', 10, 'conditions', 'the'],
];

/**
 * @returns the text as the queue holds it: with the Version that it goes by, where it names none
 * @throws AwsError InvalidAttributeValue when it is no policy, OverLimit when it is too large
 */
export function policyText(text: string): string {
  if (Buffer.byteLength(text, 'utf8') > mostBytes) throw overLimit('Submitted policy is over max allowed size.');
  const counts = policyCounts(parsed(text));
  for (const [of, most, what, where] of quotas) {
    if (counts[of] <= most) continue;
    throw overLimit(`${counts[of]} ${what} were found in ${where} submitted policy, max allowed is ${most}`);
  }
  const isVersioned = Object.hasOwn(JSON.parse(text) as object, 'Version');
  return isVersioned ? text : text.replace('{', '{"Version":"2008-10-17",');
}

function parsed(text: string): ReturnType<typeof parsePolicy> {
  try {
    return parsePolicy(text);
  } catch (thrown) {
    if (thrown instanceof PolicyError) throw invalidAttributeValue('Policy');
    throw thrown;
  }
}
