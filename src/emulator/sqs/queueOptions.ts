/** What a queue is made with, and what it needs of the account it lives in. */
import type { World } from '../world/world.ts';
import type { SqsFaults } from './faults.ts';
import type { Queue } from './queue.ts';
import type { QueueSettings } from './settings.ts';

export interface QueueHost {
  readonly world: World;
  /** What new queues begin with; none when left out. */
  readonly faults?: SqsFaults;
  readonly nextSequence: () => number;
  readonly queueByArn: (arn: string) => Queue | undefined;
}

export interface QueueOptions {
  readonly name: string;
  readonly arn: string;
  /** Marks this queue's receipt handles. */
  readonly key: string;
  readonly settings: QueueSettings;
  readonly host: QueueHost;
}
