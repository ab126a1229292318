/** A Lambda event source mapping, as an AWS CLI command. */
import type { Scaler } from '../contract/scalerShapes.ts';
import { command, open } from './shell.ts';

export function mappingCommands({
  queue,
  batchSize,
  maximumBatchingWindowSeconds,
  maximumConcurrency,
  provisionedPollers,
}: Extract<Scaler, { kind: 'lambda' }>): string[] {
  return [
    `# The mapping of the ${queue} queue: aws lambda list-event-source-mappings --function-name NAME`,
    open('MAPPING', 'UUID of the event source mapping'),
    command('aws lambda update-event-source-mapping', [
      '--uuid "$MAPPING"',
      ...(batchSize === null ? [] : [`--batch-size ${batchSize}`]),
      ...(maximumBatchingWindowSeconds === null
        ? []
        : [`--maximum-batching-window-in-seconds ${maximumBatchingWindowSeconds}`]),
      ...(provisionedPollers === null
        ? [`--scaling-config ${maximumConcurrency === null ? "'{}'" : `MaximumConcurrency=${maximumConcurrency}`}`]
        : [
            `--provisioned-poller-config MinimumPollers=${provisionedPollers.minimum},MaximumPollers=${provisionedPollers.maximum}`,
          ]),
    ]),
  ];
}
