/**
 * Cron schedules in the two dialects of AWS, in a time zone: when is the next run?
 *
 * EC2 Auto Scaling takes five fields (SCHED-02); Application Auto Scaling six with a year, or seven with leading seconds, weekdays from
 * SUN = 1 and exactly one `?` (SCHED-05). Zones, daylight saving time and the calendar are croner's; every instant is handed in, nothing
 * here runs a job. Rules: docs/rules/schedules.md.
 */
import { Cron } from 'croner';
import { fault } from '../messages/faults.ts';
import type { PolicyFault } from '../scaling/types.ts';

export type CronDialect = 'ec2' | 'application';

export interface CronSchedule {
  /**
   * The first run strictly after an instant.
   *
   * @param afterMs epoch milliseconds
   * @returns epoch milliseconds; null when there is none any more
   */
  next(afterMs: number): number | null;
}

export type CompiledSchedule =
  | { readonly ok: true; readonly schedule: CronSchedule }
  | { readonly ok: false; readonly faults: PolicyFault[] };

/**
 * A schedule ready to be asked.
 *
 * @param timeZone IANA name
 * @returns every fault at once, of the expression and of the zone (SCHED-02, SCHED-05). Throws nothing.
 */
export function compileCron(expression: string, dialect: CronDialect, timeZone: string): CompiledSchedule {
  const faults = isZoneName(timeZone) ? [] : [fault('timeZoneUnknown', 'timeZone', { timeZone })];
  const fields = expression.trim().split(/\s+/);
  const fieldFaults = dialect === 'ec2' ? ec2Faults(fields) : applicationFaults(fields);
  if (faults.length + fieldFaults.length > 0) return { ok: false, faults: [...faults, ...fieldFaults] };
  const pattern = dialect === 'ec2' ? ['0', ...fields, '*'] : fields.length === 6 ? ['0', ...fields] : fields;
  try {
    const cron = new Cron(pattern.map((field, index) => plainField(field, index)).join(' '), {
      mode: '7-part',
      timezone: timeZone,
      alternativeWeekdays: dialect === 'application',
    });
    return { ok: true, schedule: { next: (afterMs) => cron.nextRun(new Date(afterMs))?.getTime() ?? null } };
  } catch (error) {
    // croner says which field and value it could not read.
    const detail = (error as Error).message.replace(/^\w+: /, '');
    return { ok: false, faults: [fault('cronInvalid', 'recurrence', { detail })] };
  }
}

/** Whether an IANA zone's name is known (SCHED-02); differences such as +09:00 are none. */
export function isZoneName(timeZone: string): boolean {
  if (!/^[A-Za-z]/.test(timeZone)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

function ec2Faults(fields: readonly string[]): PolicyFault[] {
  if (fields.length !== 5) return [fault('cronFieldCount', 'recurrence', { count: fields.length, expected: 5 })];
  const strange = fields.find((field) => /[?LW#]/i.test(field.replace(/[a-z]{3}/gi, '')));
  return strange === undefined ? [] : [fault('cronInvalid', 'recurrence', { detail: strange })];
}

function applicationFaults(fields: readonly string[]): PolicyFault[] {
  if (fields.length !== 6 && fields.length !== 7) {
    return [fault('cronFieldCount', 'recurrence', { count: fields.length, expected: 6 })];
  }
  const [dayOfMonth, dayOfWeek] = [fields.at(-4)!, fields.at(-2)!];
  if ((dayOfMonth === '?') === (dayOfWeek === '?')) {
    return [fault('cronNeedsOneQuestionMark', 'recurrence', { dayOfMonth, dayOfWeek })];
  }
  // croner reads an eighth weekday as the first, and any year.
  const odd = [outside(dayOfWeek, 1, 7), outside(fields.at(-1)!, FIRST_YEAR, LAST_YEAR)].filter(
    (field) => field !== null,
  );
  return odd.map((detail) => fault('cronInvalid', 'recurrence', { detail }));
}

const FIRST_YEAR = 1970;
const LAST_YEAR = 2199;

/** The field, if a number of it lies outside; steps and "which of the month" aside. */
function outside(field: string, from: number, to: number): string | null {
  const numbers = field.replace(/[/#]\d+/g, '').match(/\d+/g) ?? [];
  return numbers.some((number) => Number(number) < from || Number(number) > to) ? field : null;
}

/** Largest value of each of the seven fields, seconds to year; for steps that name only where they start. */
const largest: readonly number[] = [59, 59, 23, 31, 12, 7, LAST_YEAR];
const DAY_OF_WEEK = 5;

/** `5/15` is spelled out as `5-59/15`; a lone L among the weekdays, which only the application dialect
 * lets through, is the week's last day. */
function plainField(field: string, index: number): string {
  if (index === DAY_OF_WEEK && field.toUpperCase() === 'L') return '7';
  return field.replace(
    /(^|,)(\d+)\//g,
    (_whole, before: string, from: string) => `${before}${from}-${largest[index]}/`,
  );
}
