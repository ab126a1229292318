/**
 * The schedule of an Application Auto Scaling action: `cron(...)`, `rate(...)` or `at(...)` (SCHED-05).
 *
 * `at` and `cron` are read in the action's zone; a rate counts from the action's start. Rules: docs/rules/schedules.md.
 */
import { fault } from '../messages/faults.ts';
import { type CompiledSchedule, compileCron, isZoneName } from './cron.ts';

const unitMs = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

/**
 * @param startMs epoch milliseconds from which a rate counts; its first run is at the start itself
 * @returns every fault at once. Throws nothing.
 */
export function compileExpression(expression: string, timeZone: string, startMs: number): CompiledSchedule {
  const [, kind, inside] = /^(cron|rate|at)\((.*)\)$/.exec(expression.trim()) ?? [];
  if (kind === 'cron') return compileCron(inside!, 'application', timeZone);
  if (kind === 'rate') return compileRate(inside!, startMs);
  if (kind === 'at') return compileAt(inside!, timeZone);
  return { ok: false, faults: [fault('scheduleExpressionInvalid', 'schedule', { expression })] };
}

function compileRate(inside: string, startMs: number): CompiledSchedule {
  const [, count, unit] = /^(\d+) (minute|hour|day)s?$/.exec(inside.trim()) ?? [];
  const everyMs = Number(count) * unitMs[unit as keyof typeof unitMs];
  if (!(everyMs > 0)) return { ok: false, faults: [fault('rateInvalid', 'schedule', { expression: inside })] };
  return {
    ok: true,
    schedule: {
      next: (afterMs) => {
        const runs = Math.floor((afterMs - startMs) / everyMs) + 1;
        return startMs + Math.max(0, runs) * everyMs;
      },
    },
  };
}

function compileAt(inside: string, timeZone: string): CompiledSchedule {
  const [whole, year, month, day, hour, minute, second] =
    /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)$/.exec(inside.trim()) ?? [];
  const isMoment = whole !== undefined && isCalendarMoment(whole);
  const faults = [
    ...(isZoneName(timeZone) ? [] : [fault('timeZoneUnknown', 'timeZone', { timeZone })]),
    ...(isMoment ? [] : [fault('atInvalid', 'schedule', { expression: inside })]),
  ];
  if (faults.length > 0) return { ok: false, faults };
  return compileCron(`${second} ${minute} ${hour} ${day} ${month} ? ${year}`, 'application', timeZone);
}

/** 2026-02-30 has the right shape and is no day. */
function isCalendarMoment(text: string): boolean {
  const ms = Date.parse(`${text}Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}
