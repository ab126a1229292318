/** How long a text may be, where the service says so in the words of its model. */
import { constraintViolated } from './mobile/errors.ts';

/** @throws AwsError ValidationError */
export function checkLength(member: string, value: string, least: number, most: number): void {
  if (value.length < least) {
    throw constraintViolated(member, value, `Member must have length greater than or equal to ${least}`);
  }
  if (value.length > most) {
    throw constraintViolated(member, value, `Member must have length less than or equal to ${most}`);
  }
}
