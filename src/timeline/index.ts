/**
 * The incident timeline: build it from what was recorded, print it, read it back. See README.md.
 */
export { buildTimeline } from './build.ts';
export { fileKinds, type TimelineFileKind, timelineFileName } from './fileName.ts';
export { toCsv } from './format/csv.ts';
export { toHtml } from './format/html.ts';
export { toJson } from './format/json.ts';
export { toMarkdown } from './format/markdown.ts';
export { parseTimelineJson, timelineJsonLimitBytes } from './parse/parseTimelineJson.ts';
export type {
  Importance,
  KeyFigure,
  Milestone,
  Timeline,
  TimelineAlarm,
  TimelineEntry,
  TimelineFact,
  TimelineHeatmap,
  TimelineInput,
  TimelineResource,
  TimelineSeries,
} from './types.ts';
export { timelineSchemaVersion } from './types.ts';
