/**
 * Numbers with their units, in words of the report's language. Grouping is ours: Intl's changes between ICU versions.
 */
import type { SeriesColumns } from '../../core/contract/shapes.ts';
import type { Speaker } from '../words/index.ts';

export type Unit = SeriesColumns['unit'];

/** `12,345.6`: at most `digits` decimals, trailing zeros dropped. */
export function number(value: number, digits = 1): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? '–' : value > 0 ? '∞' : '-∞';
  const [whole = '0', fraction = ''] = Math.abs(value).toFixed(digits).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const kept = fraction.replace(/0+$/, '');
  const text = kept === '' ? grouped : `${grouped}.${kept}`;
  return value < 0 && text !== '0' ? `-${text}` : text;
}

/** `12.30`, for money and other columns of equal decimals. */
export function fixed(value: number, digits: number): string {
  if (!Number.isFinite(value)) return '–';
  const [whole = '0', fraction = ''] = Math.abs(value).toFixed(digits).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${value < 0 ? '-' : ''}${grouped}${fraction === '' ? '' : `.${fraction}`}`;
}

export function percent(share: number): string {
  return `${number(share * 100, 1)} %`;
}

/** Two largest units: `3 h 5 min`, `42 s`, `850 ms`. */
export function duration(say: Speaker['say'], seconds: number): string {
  if (!Number.isFinite(seconds)) return number(seconds);
  const size = Math.abs(seconds);
  const sign = seconds < 0 ? '-' : '';
  if (size === 0) return say('duration.s', { n: 0 });
  if (size < 1) return sign + say('duration.ms', { n: number(size * 1_000, 0) });
  if (size < 60) return sign + say('duration.s', { n: number(size, size < 10 ? 1 : 0) });
  const whole = Math.round(size);
  const pair = (big: string, small: string | null): string => sign + (small === null ? big : `${big} ${small}`);
  if (whole < 3_600) {
    const rest = whole % 60;
    return pair(say('duration.min', { n: Math.floor(whole / 60) }), rest === 0 ? null : say('duration.s', { n: rest }));
  }
  const minutes = Math.round(size / 60);
  if (minutes < 24 * 60) {
    const rest = minutes % 60;
    return pair(
      say('duration.h', { n: Math.floor(minutes / 60) }),
      rest === 0 ? null : say('duration.min', { n: rest }),
    );
  }
  const hours = Math.round(size / 3_600);
  const rest = hours % 24;
  return pair(
    say('duration.d', { n: number(Math.floor(hours / 24)) }),
    rest === 0 ? null : say('duration.h', { n: rest }),
  );
}

export function bytes(value: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let size = value;
  let unit = 0;
  while (Math.abs(size) >= 1_024 && unit < units.length - 1) {
    size /= 1_024;
    unit++;
  }
  return `${number(size, unit === 0 ? 0 : 1)} ${units[unit]}`;
}

export function quantity(say: Speaker['say'], value: number, unit: Unit): string {
  switch (unit) {
    case 'seconds':
      return duration(say, value);
    case 'milliseconds':
      return duration(say, value / 1_000);
    case 'bytes':
      return bytes(value);
    case 'bytes/s':
      return say('unit.perSecond', { value: bytes(value) });
    case 'count/s':
      return say('unit.perSecond', { value: number(value) });
    case 'count':
      return number(value);
  }
}
