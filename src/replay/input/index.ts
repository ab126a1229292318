/** Traces from text, and traces from traces. Rules: docs/rules/import.md. */
export { createTraceReader, importTrace, type TraceReader } from './import.ts';
export { type ShapePart, shapeParts, shapeTrace } from './synthetic.ts';
export { cutTrace, minuteArrivals, resampleTrace, scaleTrace, shiftTrace, spliceTraces } from './transform.ts';
export {
  defaultLimits,
  type ImportNote,
  type ImportQuestion,
  type Quantity,
  type Requests,
  type Trace,
  type TraceFormat,
  type TraceImport,
  type TraceLimits,
  type TraceOptions,
  type TraceReport,
} from './types.ts';
