/**
 * The range as text: shows what is drawn, takes what is typed, says what it did not understand (UX-10).
 */
import { useEffect, useRef, useState } from 'react';
import type { TimeRange } from '../../core/contract/shapes.ts';
import { useModel, useWords } from '../data/context.ts';
import { useStore } from '../data/store.ts';
import { parseRange, rangeText } from '../time/parseRange.ts';
import { currentRange } from '../time/range.ts';
import { useCommandHandlers } from './useCommandHandlers.ts';

export function RangeField({ range }: { range: TimeRange }) {
  const model = useModel();
  const { t, f } = useWords();
  const spec = currentRange(useStore(model.range));
  const [typed, setTyped] = useState<string | null>(null);
  const [refused, setRefused] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const shown = spec.kind === 'fixed' ? rangeWords() : `${rangeText(spec, f.timeZone)}  ·  ${rangeWords()}`;

  useCommandHandlers({ 'range.type': () => field.current?.focus() });
  useEffect(() => {
    if (typed === null) setRefused(false);
  }, [typed]);

  /** Both ends in short: the day once when it is one day. */
  function rangeWords(): string {
    const [from, to] = [f.shortInstant(range.fromMs).slice(0, 11), f.shortInstant(range.toMs).slice(0, 11)];
    return `${from} – ${from.slice(0, 5) === to.slice(0, 5) ? to.slice(6) : to} ${f.zone(range.toMs)}`;
  }

  function apply(): void {
    if (typed === null) return;
    const parsed = parseRange(typed, { nowMs: model.nowMs(), timeZone: f.timeZone });
    if (parsed === null) {
      setRefused(true);
      return;
    }
    model.setRange(parsed);
    setTyped(null);
    field.current?.blur();
  }

  return (
    <div className="range-field">
      <input
        ref={field}
        type="text"
        className="range-input"
        data-testid="range-field"
        aria-label={t('range.label')}
        aria-invalid={refused}
        aria-describedby={refused ? 'range-refused' : undefined}
        title={t('range.help')}
        spellCheck={false}
        value={typed ?? shown}
        onFocus={(event) => {
          setTyped(rangeText(spec, f.timeZone));
          const input = event.currentTarget;
          // It also focuses, so not when the field was left meanwhile.
          requestAnimationFrame(() => document.activeElement === input && input.select());
        }}
        onBlur={() => setTyped(null)}
        onChange={(event) => {
          setRefused(false);
          setTyped(event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing || event.keyCode === 229) return;
          if (event.key === 'Enter') apply();
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
      {refused ? (
        <p id="range-refused" className="range-refused" role="alert">
          {t('range.refused')}
        </p>
      ) : null}
    </div>
  );
}
