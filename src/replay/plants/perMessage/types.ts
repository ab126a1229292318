/**
 * What the per-message plant takes and what it counts. Times in seconds from the start of the range.
 */
import type { Distribution } from '../../../core/distributions/types.ts';
import type { Random } from '../../../core/time/random.ts';

export interface QueueBehaviour {
  /** 'fifo': order within each group is kept, one message of a group is in flight at a time (SQSM-07). Default 'standard'. */
  readonly kind?: 'standard' | 'fifo';
  /** Above 0; infinity: what is received never comes back. Default 30, SQS's own. */
  readonly visibilityTimeoutSeconds?: number;
  /** A message received this often moves to the dead-letter queue on the receive after that (SQS-30). Default null: none. */
  readonly maxReceiveCount?: number | null;
  /** Hidden for this long after the send. Default 0. */
  readonly delaySeconds?: number;
  /** What is older is lost, wherever it is (SQS-21). Default 4 days, SQS's own. */
  readonly retentionSeconds?: number;
  /** Most in flight at once. Default: SQS's limit of the kind (SQSM-06). */
  readonly inFlightLimit?: number;
  /** Most messages not yet gone; what is sent beyond is refused. Default: no limit, as in SQS. */
  readonly roomForMessages?: number;
}

export interface WorkBehaviour {
  /** Time to process one message; every attempt draws anew. */
  readonly service: Distribution;
  /** Instead, by message in the order of sending: recorded or exact times. */
  readonly serviceSeconds?: ArrayLike<number>;
  /** Messages an instance works on at once, each with its own receive calls. Default 1. */
  readonly concurrencyPerInstance?: number;
  /** Most messages of one receive, worked on one after the other, each deleted when done. 1 to 10. Default 1. */
  readonly batchSize?: number;
  /**
   * What an instance does with its work when it is taken away. 'interrupt': stops, its messages come back after their
   * visibility timeout. 'return': stops and gives them back at once. 'finish': ends what it received, as a lifecycle hook
   * allows. Default 'interrupt'.
   */
  readonly onScaleIn?: 'interrupt' | 'return' | 'finish';
  /** Share of messages that can never be processed. Default 0. */
  readonly poisonShare?: number;
  /** Chance that an attempt fails; the message comes back after its timeout. Default 0. */
  readonly failureShare?: number;
}

export interface MessagePlantInput {
  /**
   * When each message is sent, ascending. Those before 0 are there at the start. An arrival at a minute's last instant
   * belongs to the next minute.
   */
  readonly sentSeconds: ArrayLike<number>;
  /** FIFO: group of each message, whole numbers from 0. Default: all in one group. */
  readonly groups?: ArrayLike<number>;
  /** A finite source: the sender of a message that is gone sends the next one after this time. */
  readonly thinkTime?: Distribution;
  readonly queue?: QueueBehaviour;
  readonly work: WorkBehaviour;
  /** Whether `sojournSeconds` is wanted, 8 bytes a message. Default: it is. */
  readonly keepsSojourns?: boolean;
  /** In service at the start. */
  readonly instances: number;
  readonly random: Random;
}

/** Since the start. */
export interface MessageCounts {
  /** Taken in by the queue; those there at the start included. */
  sent: number;
  /** Turned away for want of room. */
  refused: number;
  /** Handed out, repeats included. */
  received: number;
  /** Attempts that were begun. */
  begun: number;
  /** Processed and gone. */
  deleted: number;
  /** Attempts that failed. */
  failed: number;
  /** Attempts that ended after another receive of the message, or after it was gone: duplicate work (SQS-11). */
  wasted: number;
  /** Messages in the hands of instances that were taken away; those not begun included. */
  interrupted: number;
  /** Times a visibility timeout ended with the message not deleted. */
  timedOut: number;
  /** Moved to the dead-letter queue. */
  deadLettered: number;
  /** Lost to retention. */
  expired: number;
}

/** No counts yet. */
export const noCounts = (): MessageCounts => ({
  sent: 0,
  refused: 0,
  received: 0,
  begun: 0,
  deleted: 0,
  failed: 0,
  wasted: 0,
  interrupted: 0,
  timedOut: 0,
  deadLettered: 0,
  expired: 0,
});
