/**
 * What numbers stand for in the per-message plant. Not here: what happens to a message (plant.ts, plain.ts).
 */

/** What a message is. */
export const DELAYED = 0;
export const VISIBLE = 1;
export const IN_FLIGHT = 2;
/** From here on it is gone. */
export const DELETED = 3;
export const DEAD = 4;
export const EXPIRED = 5;
/** The metric of age leaves out messages received this often; not in a FIFO queue (SQSM-03, SQSM-04). */
export const RECEIVES_LEFT_OUT = 3;
/** Subject of an event that is a send, not the end of a worker's work. */
export const SENDER = -1;
/** Instead of the order of its event, or of a message: there is none. */
export const NOTHING = -1;
export const SOMETIME = Number.POSITIVE_INFINITY;
