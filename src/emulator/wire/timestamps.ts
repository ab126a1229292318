/**
 * Timestamps as Query carries them: ISO 8601, as strictly as AWS reads it, which takes neither seconds since the epoch nor nanoseconds.
 *
 * Not here: timestamps of JSON and CBOR, which are numbers (document.ts, cbor.ts).
 */

/** With hyphens and colons or without; a time has a zone, and at most six digits behind its seconds. */
const form = /^(\d{4})(-?)(\d\d)\2(\d\d)(?:T(\d\d)(:?)(\d\d)(?:\6(\d\d)(?:\.(\d{1,6}))?)?(Z|[+-]\d\d:\d\d))?$/;

/** @returns epoch milliseconds, null for what is no such timestamp or no day of the calendar */
export function readIso8601(text: string): number | null {
  const parts = form.exec(text);
  if (parts === null) return null;
  const [, year, , month, day, hour = '00', , minute = '00', second = '00', fraction = '', zone = 'Z'] = parts;
  const date = `${year}-${month}-${day}`;
  const wholeSeconds = Date.parse(`${date}T${hour}:${minute}:${second}${zone}`);
  // The engine takes the 30th of February for the 2nd of March.
  const isDay = new Date(`${date}T00:00:00Z`).getUTCDate() === Number(day);
  return Number.isNaN(wholeSeconds) || !isDay ? null : wholeSeconds + Math.round(Number(`0.${fraction || 0}`) * 1_000);
}
