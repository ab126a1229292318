/**
 * The unit beside a label, of a chart or a field: left out where the label names what is counted, as in "Instances in service".
 *
 * A rate says more than its label and always stands there. Pure. Not here: values with their unit (time/format.ts).
 */

/** Units that count things, in both languages, and what labels call those things. */
const counted: ReadonlyMap<string, readonly string[]> = new Map([
  ['msgs', ['messages', 'msgs']],
  ['records', ['records']],
  ['instances', ['instances']],
  ['groups', ['groups']],
  ['points', ['points']],
  ['개', ['메시지', '그룹', '포인트']],
  ['건', ['레코드']],
  ['대', ['인스턴스']],
]);

/** @returns the unit, or an empty text where it would be said twice */
export function unitBeside(label: string, unitName: string): string {
  return counted.get(unitName)?.some((thing) => isNamed(label, thing)) ? '' : unitName;
}

/** As a word of its own. In Korean a particle may follow, but "per instance" counts something else. */
function isNamed(label: string, thing: string): boolean {
  return new RegExp(`(^|[^a-z])${thing}(?![a-z당])`, 'i').test(label);
}
