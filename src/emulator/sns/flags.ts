/** True and false as attributes of topics and subscriptions have them. Not here: those of mobile/, which are refused in other words. */
import { invalidParameter } from './errors.ts';

/** @throws AwsError InvalidParameter for what is neither true nor false, in whatever case */
export function flagIn(name: string, text: string): boolean {
  const value = text.toLowerCase();
  if (value === 'true' || value === 'false') return value === 'true';
  throw invalidParameter(`${name}: Invalid value [${text.slice(0, 80)}]. Must be true or false.`);
}
