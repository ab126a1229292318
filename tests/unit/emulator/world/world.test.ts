import { describe, expect, it } from 'vitest';
import { createWorld } from '../../../../src/emulator/world/world.ts';

const fresh = () => createWorld({ startMs: 1_000, seed: 7 });

describe('world', () => {
  it('runs what is due in the order of time, and of scheduling at one instant', () => {
    const world = fresh();
    const seen: string[] = [];
    world.at(3_000, () => seen.push(`c@${world.nowMs()}`));
    world.at(2_000, () => seen.push(`a@${world.nowMs()}`));
    world.at(2_000, () => seen.push(`b@${world.nowMs()}`));
    world.advanceTo(2_500);
    expect([seen, world.nowMs()]).toEqual([['a@2000', 'b@2000'], 2_500]);
    world.advanceTo(3_000);
    expect(seen.at(-1)).toBe('c@3000');
  });

  it('runs what an event makes due at the same instant before time goes on', () => {
    const world = fresh();
    const seen: string[] = [];
    world.at(2_000, () => world.at(2_000, () => seen.push(`inner@${world.nowMs()}`)));
    world.at(2_001, () => seen.push('later'));
    world.advanceTo(5_000);
    expect(seen).toEqual(['inner@2000', 'later']);
  });

  it('takes the past as now, and never goes back', () => {
    const world = fresh();
    let ran = 0;
    world.at(0, () => ran++);
    world.advanceTo(500);
    expect([ran, world.nowMs()]).toEqual([0, 1_000]);
    world.advanceTo(1_000);
    expect(ran).toBe(1);
  });

  it('repeats until cancelled, also from within', () => {
    const world = fresh();
    const at: number[] = [];
    const cancel = world.every(1_500, 1_000, () => {
      at.push(world.nowMs());
      if (at.length === 3) cancel();
    });
    world.advanceTo(60_000);
    expect(at).toEqual([1_500, 2_500, 3_500]);
    expect(world.nextDueMs()).toBeNull();
  });

  it('keeps its order through a thousand events in random order', () => {
    const world = fresh();
    const random = world.random.stream('order');
    const seen: number[] = [];
    for (let n = 0; n < 1_000; n++) {
      const whenMs = 1_000 + Math.floor(random.next() * 300);
      const cancel = world.at(whenMs, () => seen.push(whenMs));
      if (n % 7 === 0) cancel();
    }
    world.advanceTo(2_000);
    expect(seen).toHaveLength(1_000 - 143);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });

  it('gives the same chance to the same seed, and another to each other', () => {
    const draw = (seed: number) => createWorld({ startMs: 0, seed }).random.stream('x').next();
    expect(draw(1)).toBe(draw(1));
    expect(new Set(Array.from({ length: 200 }, (_, seed) => draw(seed))).size).toBe(200);
  });
});
