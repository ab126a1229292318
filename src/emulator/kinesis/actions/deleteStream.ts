import { defineAction } from '../../service.ts';
import { flag, structure } from '../../wire/shapes.ts';
import type { KinesisState } from '../state.ts';
import { findStream, nothing, type StreamTarget, streamTarget } from './common.ts';

/** DELETING, then gone with everything in it. */
export const deleteStream = defineAction({
  name: 'DeleteStream',
  input: structure({ ...streamTarget, EnforceConsumerDeletion: flag }),
  output: nothing,
  run(state: KinesisState, input: StreamTarget) {
    state.deleteStream(findStream(state, input));
    return {};
  },
});
