/**
 * The sample traces that travel in resources/samples, with the zone their stamps were written in.
 *
 * Licences: resources/samples/README.md.
 */
import type { SampleTrace } from '../../core/contract/shapes.ts';

/** Where a data set does not say its zone, UTC is read: the shape of a day is right, its hour may not be. */
export const sampleTraces: readonly SampleTrace[] = [
  { name: 'nasa', file: 'nasa-http-jul95-per-minute.csv', zone: null },
  { name: 'elb', file: 'nab-elb_request_count_8c0756.csv', zone: 'UTC' },
  { name: 'twitter', file: 'nab-Twitter_volume_AMZN.csv', zone: 'UTC' },
  { name: 'azure-llm', file: 'azure-llm-2023-code.csv', zone: 'UTC' },
];
