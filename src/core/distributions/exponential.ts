/**
 * Exponential: memoryless, E[X^k] = k! mean^k.
 *
 * Drawn by the ziggurat (Marsaglia and Tsang, Journal of Statistical Software 5, 2000): the area under the density in 256 layers of
 * equal area, so that in 99 of 100 draws one multiplication and one comparison do, and no logarithm is taken. Exact, like the
 * logarithm: what sticks out of the layers is drawn by what it is.
 */
import type { Random } from '../time/random.ts';
import { type Distribution, demand, fromMoments } from './types.ts';

/** @throws RangeError when the mean is not positive and finite */
export function exponential(mean: number): Distribution {
  demand(mean > 0 && Number.isFinite(mean), 'the mean of an exponential is above 0', mean);
  return fromMoments(mean, 2 * mean ** 2, 6 * mean ** 3, (random) => drawExponential(random) * mean);
}

const LAYERS = 256;
/** Where the tail begins that the lowest layer has beside its rectangle, and the area of every layer: from the paper. */
const TAIL_FROM = 7.697_117_470_131_05;
const LAYER_AREA = 0.003_949_659_822_581_557;

/** How wide each layer is, from the lowest up; the lowest as if its area were all rectangle. And the density at these widths. */
const widths = new Float64Array(LAYERS + 1);
const heights = new Float64Array(LAYERS + 1);
widths[0] = LAYER_AREA * Math.exp(TAIL_FROM);
widths[1] = TAIL_FROM;
for (let layer = 1; layer < LAYERS; layer++) {
  heights[layer] = Math.exp(-widths[layer]!);
  widths[layer + 1] = layer === LAYERS - 1 ? 0 : -Math.log(heights[layer]! + LAYER_AREA / widths[layer]!);
}
heights[LAYERS] = 1;

/** One value with mean 1. */
export function drawExponential(random: Random): number {
  for (;;) {
    // The upper eight bits choose the layer, the others the place in it.
    const scaled = random.next() * LAYERS;
    const layer = scaled | 0;
    const value = (scaled - layer) * widths[layer]!;
    if (value < widths[layer + 1]!) return value;
    // Beyond the rectangle of the lowest layer is the tail, which is exponential again. `next` is below 1, so the logarithm is finite.
    if (layer === 0) return TAIL_FROM - Math.log(1 - random.next());
    const low = heights[layer]!;
    if (low + random.next() * (heights[layer + 1]! - low) < Math.exp(-value)) return value;
  }
}
