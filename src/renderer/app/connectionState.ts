/**
 * The one word that says how fresh the page is (UX-14), with the sign and tone that go with it. Pure.
 */
import type { ConnectionStatus } from '../../core/contract/shapes.ts';
import type { EngineState } from '../data/model.ts';
import type { Tone } from '../parts/Mark.tsx';

export type StateWord = 'connecting' | 'live' | 'paused' | 'stale' | 'error' | 'still' | 'none';

export const stateLooks: Readonly<Record<StateWord, { readonly tone: Tone; readonly sign: string }>> = {
  connecting: { tone: 'info', sign: '◌' },
  live: { tone: 'good', sign: '●' },
  paused: { tone: 'warn', sign: '‖' },
  still: { tone: 'warn', sign: '‖' },
  stale: { tone: 'warn', sign: '◔' },
  error: { tone: 'bad', sign: '✕' },
  none: { tone: 'quiet', sign: '–' },
};

const worstFirst = ['error', 'stale', 'paused', 'connecting', 'live'] as const;

/** Worst of the connections in scope. "still" is the page's own pause: drawing stopped, recording not (UX-15). */
export function stateWord(
  connections: readonly ConnectionStatus[],
  engine: EngineState,
  pagePaused: boolean,
): StateWord {
  // What comes back by itself is no error; the notice says what it is.
  if (engine !== 'ready') return engine === 'failed' ? 'error' : 'connecting';
  if (connections.length === 0) return 'none';
  const worst = worstFirst.find((state) => connections.some((connection) => connection.state === state)) ?? 'live';
  return pagePaused && worst !== 'error' ? 'still' : worst;
}

export function inScope(connections: readonly ConnectionStatus[], scope: string): ConnectionStatus[] {
  return connections.filter(({ id, kind }) => (scope === 'all' ? kind !== 'demo' : id === scope));
}
