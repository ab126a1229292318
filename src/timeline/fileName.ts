/**
 * File names of exports: `spillway_<view>_<resource>_<from>_<to>.<ext>` (UX-94), safe on every file system.
 */
import { instantFormat } from './format/instant.ts';
import type { Timeline } from './types.ts';

export type TimelineFileKind = 'markdown' | 'json' | 'html' | 'csv';

export const fileKinds: Readonly<Record<TimelineFileKind, { readonly extension: string; readonly mediaType: string }>> =
  {
    markdown: { extension: 'md', mediaType: 'text/markdown; charset=utf-8' },
    json: { extension: 'json', mediaType: 'application/json' },
    html: { extension: 'html', mediaType: 'text/html; charset=utf-8' },
    csv: { extension: 'csv', mediaType: 'text/csv; charset=utf-8' },
  };

/** Instants in the timeline's zone, as `20260302T160500+0900`. */
export function timelineFileName(timeline: Timeline, kind: TimelineFileKind): string {
  const { iso } = instantFormat(timeline.timeZone);
  const compact = (atMs: number): string =>
    iso(atMs).replace(/[-:](?=\d\d)/g, (found, index: number) => {
      // The sign of a negative offset stays; separators go.
      return found === '-' && index === 19 ? '-' : '';
    });
  const first = timeline.resources[0]?.name ?? 'all';
  const more = timeline.resources.length > 1 ? `+${timeline.resources.length - 1}` : '';
  const resource = `${
    first
      .replace(/[^\p{L}\p{N}.-]+/gu, '-')
      .replace(/^[.-]+|[.-]+$/g, '')
      .slice(0, 80) || 'resource'
  }${more}`;
  const { range } = timeline;
  const view = kind === 'csv' ? 'replay' : 'timeline';
  return `spillway_${view}_${resource}_${compact(range.fromMs)}_${compact(range.toMs)}.${fileKinds[kind].extension}`;
}
