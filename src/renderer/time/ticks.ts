/**
 * Ticks for a time axis: few, round in the wall time of the zone shown, each with its label.
 *
 * recharts must always be given ticks and a numeric domain (EL-80). Pure.
 */
import { offsetMs, two, wallTime } from './zone.ts';

const steps = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800,
  1_209_600, 2_592_000,
];

export interface TimeTick {
  /** Epoch seconds. */
  readonly atSeconds: number;
  readonly label: string;
}

/** At most about one tick per `spacingPixels`. Range in epoch seconds. */
export function timeTicks(
  fromSeconds: number,
  toSeconds: number,
  widthPixels: number,
  timeZone: string,
  spacingPixels = 84,
): TimeTick[] {
  const span = toSeconds - fromSeconds;
  const most = Math.max(2, Math.floor(widthPixels / spacingPixels));
  const step = steps.find((candidate) => span / candidate <= most) ?? steps.at(-1)!;
  const offset = offsetMs(fromSeconds * 1000, timeZone) / 1000;
  const ticks: TimeTick[] = [];
  for (let at = Math.ceil((fromSeconds + offset) / step) * step - offset; at <= toSeconds; at += step) {
    ticks.push({ atSeconds: at, label: tickLabel(at * 1000, step, timeZone) });
  }
  return ticks;
}

function tickLabel(atMs: number, stepSeconds: number, timeZone: string): string {
  const { month, day, hour, minute, second } = wallTime(atMs, timeZone);
  if (stepSeconds >= 86_400 || (hour === 0 && minute === 0 && second === 0)) return `${two(month)}-${two(day)}`;
  return stepSeconds < 60 ? `${two(hour)}:${two(minute)}:${two(second)}` : `${two(hour)}:${two(minute)}`;
}
