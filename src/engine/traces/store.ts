/**
 * A trace as a recording: a queue whose sent messages are the trace's arrivals.
 *
 * Only what the file says is stored: holes stay holes, and there is no backlog, age or fleet.
 */
import { seriesKeyOf } from '../../core/metrics.ts';
import type { Connection, Resource } from '../../core/model/resources.ts';
import { minuteArrivals, type Trace } from '../../replay/input/index.ts';
import type { Store } from '../../storage/interface.ts';

/** Four days, as SQS gives a new queue. */
const retentionSeconds = 345_600;
const visibilityTimeoutSeconds = 30;
/** Single series' days moved in one go; what is left over waits for the next start. */
const daysSealed = 400;

/** @returns the queue; everything is stored when this returns */
export function storeTrace(store: Store, connection: Connection, trace: Trace): Resource {
  const { startSeconds, arrivals } = minuteArrivals(trace);
  const queue: Resource = {
    id: `trace:sqs:${connection.id}:${connection.name}`,
    connectionId: connection.id,
    kind: 'sqs-queue',
    name: connection.name,
    config: {
      kind: 'sqs-queue',
      url: '',
      visibilityTimeoutSeconds,
      messageRetentionSeconds: retentionSeconds,
      delaySeconds: 0,
      fifo: false,
      deadLetter: null,
    },
    discoveredAtMs: startSeconds * 1000,
  };
  const { times, values } = knownMinutes(startSeconds, arrivals);
  const endSeconds = startSeconds + arrivals.length * 60;
  store.saveResources([queue]);
  store.record(connection.id, {
    series: [{ seriesId: store.seriesId(seriesKeyOf(queue, 'sent')!), times, values }],
    events: [],
    cursors: new Map([
      [`data:${queue.id}`, endSeconds],
      ['polled', endSeconds],
    ]),
  });
  store.seal(endSeconds, daysSealed);
  return queue;
}

function knownMinutes(startSeconds: number, arrivals: Float64Array): { times: Float64Array; values: Float64Array } {
  const times = new Float64Array(arrivals.length);
  const values = new Float64Array(arrivals.length);
  let known = 0;
  for (let minute = 0; minute < arrivals.length; minute++) {
    if (Number.isNaN(arrivals[minute]!)) continue;
    times[known] = startSeconds + minute * 60;
    values[known++] = arrivals[minute]!;
  }
  return { times: times.subarray(0, known), values: values.subarray(0, known) };
}
