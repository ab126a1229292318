/**
 * Numbers, durations, sizes and instants as text, with their unit, for one language and one zone.
 *
 * k, M, G in both languages (UX-82); every absolute time shows its zone (UX-13); null is an en dash, never zero.
 * Pure: made once per language and zone. Not here: sentences (i18n).
 */
import type { Language } from '../../core/messages/index.ts';
import { two, wallTime, zoneLabel } from './zone.ts';

/** How a value is shown; every chart and cell has one. */
export type Unit =
  | 'messages'
  | 'records'
  | 'instances'
  | 'groups'
  | 'messages/s'
  | 'records/s'
  | 'bytes/s'
  | 'seconds'
  | 'milliseconds'
  | 'share'
  | 'percent'
  | 'usd'
  | 'hours'
  | 'minutes';

export interface Format {
  readonly language: Language;
  readonly timeZone: string;
  /** 12,480 */
  whole(value: number | null): string;
  /** 12.5k; below 10,000 whole */
  compact(value: number | null): string;
  /** "12 min 5 s" */
  duration(seconds: number | null): string;
  /** With its unit: "12.5k msgs", "3.2 MiB/s", "12 min 5 s" */
  value(value: number | null, unit: Unit): string;
  /** On an axis: as short as can be, the unit stands in the chart's title. */
  tick(value: number, unit: Unit): string;
  /** Beside a chart's title; empty for durations, whose ticks name their unit themselves. */
  unitName(unit: Unit): string;
  percent(share: number | null, digits?: number): string;
  bytes(bytes: number | null): string;
  /** "2026-03-02 07:43 UTC" */
  instant(atMs: number | null): string;
  /** "03-02 07:43:10" without zone, for columns whose head names it */
  shortInstant(atMs: number): string;
  /** "07:43:10 UTC" */
  clock(atMs: number): string;
  zone(atMs: number): string;
}

export const nothing = '–';

const words = {
  en: {
    day: ' d',
    hour: ' h',
    minute: ' min',
    second: ' s',
    millisecond: ' ms',
    units: { messages: ' msgs', records: ' records', instances: ' instances', groups: ' groups' },
    one: { messages: ' msg', records: ' record', instances: ' instance', groups: ' group' },
    rates: { 'messages/s': ' msgs/s', 'records/s': ' rec/s' },
  },
  ko: {
    day: '일',
    hour: '시간',
    minute: '분',
    second: '초',
    millisecond: 'ms',
    units: { messages: '개', records: '건', instances: '대', groups: '개' },
    one: { messages: '개', records: '건', instances: '대', groups: '개' },
    rates: { 'messages/s': '개/초', 'records/s': '건/초' },
  },
} as const;

export function createFormat(language: Language, timeZone: string): Format {
  const word = words[language];
  const groups = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

  const known = (value: number | null): value is number => value !== null && Number.isFinite(value);
  const whole = (value: number | null) => (known(value) ? groups.format(value) : nothing);

  function compact(value: number | null): string {
    if (!known(value)) return nothing;
    const size = Math.abs(value);
    if (size < 10_000) return Number.isInteger(value) || size >= 100 ? groups.format(value) : significant(value);
    for (const [scale, letter] of [
      [1e9, 'G'],
      [1e6, 'M'],
      [1e3, 'k'],
    ] as const) {
      if (size >= scale * 0.9995) return `${significant(value / scale)}${letter}`;
    }
    return groups.format(value);
  }

  function duration(seconds: number | null): string {
    if (!known(seconds)) return nothing;
    const sign = seconds < 0 ? '-' : '';
    const size = Math.abs(seconds);
    if (size > 0 && size < 1) return `${sign}${Math.round(size * 1000)}${word.millisecond}`;
    if (size < 60)
      return `${sign}${Number.isInteger(size) ? size : size < 10 ? significant(size) : Math.round(size)}${word.second}`;
    const whole = Math.round(size);
    const [big, small, bigName, smallName] =
      whole < 3_600
        ? [Math.floor(whole / 60), whole % 60, word.minute, word.second]
        : whole < 86_400
          ? [Math.floor(whole / 3_600), Math.round((whole % 3_600) / 60), word.hour, word.minute]
          : [Math.floor(whole / 86_400), Math.round((whole % 86_400) / 3_600), word.day, word.hour];
    return small === 0 ? `${sign}${big}${bigName}` : `${sign}${big}${bigName} ${small}${smallName}`;
  }

  function bytes(size: number | null): string {
    if (!known(size)) return nothing;
    for (const [scale, name] of [
      [2 ** 30, 'GiB'],
      [2 ** 20, 'MiB'],
      [2 ** 10, 'KiB'],
    ] as const) {
      if (Math.abs(size) >= scale * 0.9995) return `${significant(size / scale)} ${name}`;
    }
    return `${Math.round(size)} B`;
  }

  const percent = (share: number | null, digits = 0) => (known(share) ? percentText(share, digits, language) : nothing);

  function value(amount: number | null, unit: Unit): string {
    if (!known(amount)) return nothing;
    switch (unit) {
      case 'messages':
      case 'records':
      case 'instances':
      case 'groups':
        return `${compact(amount)}${word[Math.abs(amount) === 1 ? 'one' : 'units'][unit]}`;
      case 'messages/s':
      case 'records/s':
        return `${compact(amount)}${word.rates[unit]}`;
      case 'bytes/s':
        return `${bytes(amount)}/s`;
      case 'seconds':
        return duration(amount);
      case 'milliseconds':
        return duration(amount / 1000);
      case 'minutes':
        return duration(amount * 60);
      case 'hours':
        return `${compact(amount)}${word.hour}`;
      case 'share':
        return percent(amount);
      case 'percent':
        return `${compact(amount)}${language === 'ko' ? '%' : ' %'}`;
      case 'usd':
        return `$${amount.toFixed(2)}`;
    }
  }

  const shortInstant = (atMs: number) => {
    const { month, day, hour, minute, second } = wallTime(atMs, timeZone);
    return `${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`;
  };

  return {
    language,
    timeZone,
    whole,
    compact,
    duration,
    value,
    tick(amount, unit) {
      if (unit === 'seconds') return tickDuration(amount);
      if (unit === 'milliseconds') return tickDuration(amount / 1000);
      if (unit === 'bytes/s') return bytes(amount).replace(' ', '');
      if (unit === 'share') return percent(amount);
      return compact(amount);
    },
    unitName(unit) {
      if (unit === 'messages' || unit === 'records' || unit === 'instances' || unit === 'groups')
        return word.units[unit].trim();
      if (unit === 'messages/s' || unit === 'records/s') return word.rates[unit].trim();
      if (unit === 'bytes/s') return 'B/s';
      if (unit === 'usd') return 'USD';
      if (unit === 'share' || unit === 'percent') return '%';
      if (unit === 'seconds' || unit === 'milliseconds') return '';
      return word[unit === 'hours' ? 'hour' : 'minute'].trim();
    },
    percent,
    bytes,
    instant(atMs) {
      if (!known(atMs)) return nothing;
      const { year, month, day, hour, minute, second } = wallTime(atMs, timeZone);
      const seconds = second === 0 ? '' : `:${two(second)}`;
      return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}${seconds} ${zoneLabel(atMs, timeZone)}`;
    },
    shortInstant,
    clock(atMs) {
      const { hour, minute, second } = wallTime(atMs, timeZone);
      return `${two(hour)}:${two(minute)}:${two(second)} ${zoneLabel(atMs, timeZone)}`;
    },
    zone: (atMs) => zoneLabel(atMs, timeZone),
  };

  /** One unit is enough on an axis: its ticks are round. */
  function tickDuration(seconds: number): string {
    if (seconds === 0) return '0';
    const size = Math.abs(seconds);
    const short = language === 'ko' ? word : { day: 'd', hour: 'h', minute: 'm', second: 's', millisecond: 'ms' };
    if (size < 1) return `${significant(seconds * 1000)}${short.millisecond}`;
    if (size < 60) return `${significant(seconds)}${short.second}`;
    if (size < 3_600) return `${significant(seconds / 60)}${short.minute}`;
    if (size < 86_400) return `${significant(seconds / 3_600)}${short.hour}`;
    return `${significant(seconds / 86_400)}${short.day}`;
  }
}

/** Something is not nothing: what would round to 0 is said to be below the last digit. */
function percentText(share: number, digits: number, language: Language): string {
  const smallest = 10 ** -digits;
  if (share > 0 && share * 100 < smallest / 2) return language === 'ko' ? `${smallest} % 미만` : `< ${smallest} %`;
  return `${(share * 100).toFixed(digits)} %`;
}

/** Three significant digits, no trailing zeros. */
function significant(value: number): string {
  return String(Number(value.toPrecision(3)));
}
