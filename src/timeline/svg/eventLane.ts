/**
 * The lane above the charts: alarms as bars, scaling as arrows, notes as diamonds, on the charts' time axis (UX-23).
 */
import { html } from '../format/escape.ts';
import type { TimelineEntry } from '../types.ts';
import { left, picture, px, right, type TimeAxis, timeGrid } from './frame.ts';

export interface EventLane {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly labels: { readonly alarms: string; readonly scaling: string; readonly notes: string };
  readonly entries: readonly TimelineEntry[];
  /** Tooltip of an entry. */
  readonly tell: (entry: TimelineEntry) => string;
}

const rowHeight = 20;
const top = 4;

export function eventLane(lane: EventLane, axis: TimeAxis): string {
  // Alarms that calm down on their own row each: overlapping bars would hide each other.
  const names = [
    ...new Set(
      lane.entries.flatMap(({ fact }) => (fact.kind === 'alarm' && fact.to === 'ALARM' ? [fact.alarmName] : [])),
    ),
  ].sort();
  const scalingY = top + names.length * rowHeight;
  const notesY = scalingY + rowHeight;
  const hasNotes = lane.entries.some(({ fact }) => fact.kind === 'note');
  const bottom = notesY + (hasNotes ? rowHeight : 0);
  const label = (text: string, y: number): string =>
    `<text class="tick" x="${left - 8}" y="${y + rowHeight / 2}" dy="0.35em" text-anchor="end">${html(text)}</text>`;

  const marks = lane.entries.map((entry) => {
    const tooltip = `<title>${html(lane.tell(entry))}</title>`;
    const x = axis.x(entry.atMs);
    switch (entry.fact.kind) {
      case 'alarm': {
        if (entry.fact.to !== 'ALARM') return '';
        const y = top + names.indexOf(entry.fact.alarmName) * rowHeight;
        const to = entry.endMs === null ? right : Math.min(right, axis.x(entry.endMs));
        const look = entry.importance === 'high' ? 'bar-high' : 'bar-low';
        const name = `<text class="bar-label" x="${px(Math.max(left, x) + 5)}" y="${y + rowHeight / 2}" dy="0.35em">${html(entry.fact.alarmName)}</text>`;
        const wide = to - x > 7 * entry.fact.alarmName.length + 10;
        return (
          `<g>${tooltip}<path class="${look}" d="M${px(Math.max(left, x))} ${y + 2}H${px(Math.max(to, x + 2))}V${y + rowHeight - 2}H${px(Math.max(left, x))}Z"/>` +
          `${wide ? name : ''}</g>`
        );
      }
      case 'scaling': {
        const y = scalingY + rowHeight / 2;
        const up = entry.fact.direction !== 'terminate';
        const d = up ? `M${px(x)} ${y - 6}l5 10h-10z` : `M${px(x)} ${y + 6}l5 -10h-10z`;
        return `<path class="${up ? 'scale-out' : 'scale-in'}" d="${d}">${tooltip}</path>`;
      }
      case 'note': {
        const y = notesY + rowHeight / 2;
        return `<path class="note" d="M${px(x)} ${y - 6}l6 6l-6 6l-6 -6z">${tooltip}</path>`;
      }
      default:
        return '';
    }
  });
  const body = [
    timeGrid(axis, top, bottom, true),
    ...(names.length > 0 ? [label(lane.labels.alarms, top)] : []),
    label(lane.labels.scaling, scalingY),
    ...(hasNotes ? [label(lane.labels.notes, notesY)] : []),
    ...marks,
  ].join('');
  return picture(lane.id, bottom + 22, lane.title, lane.description, body);
}
