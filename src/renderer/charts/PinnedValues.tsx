/** The instant that was pinned, with the value of every series in view; can be put on the timeline (UX-20). */
import { useModel, useWords } from '../data/context.ts';
import { useStore } from '../data/store.ts';
import { nearestIndex } from './columns.ts';
import { useChartGroup } from './group.tsx';
import { LineSign } from './TimeChart.tsx';

export function PinnedValues({ resourceId, addNote }: { resourceId: string; addNote: () => void }) {
  const { crosshair, listed } = useChartGroup();
  const model = useModel();
  const { t, f } = useWords();
  const pinned = useStore(crosshair.pinned);
  const charts = useStore(listed);
  if (pinned === null) {
    return <p className="faint panel-body">{t('pinned.help')}</p>;
  }
  const values = [...charts.values()].flat().map(({ name, unit, slot, columns, withinSeconds }) => {
    const index = nearestIndex(columns.times, pinned, withinSeconds);
    return { name, slot, text: f.value(columns.values[index] ?? null, unit) };
  });
  const atMs = Math.round(pinned) * 1000;
  return (
    <div className="panel-body pinned" data-testid="pinned-values">
      <p>
        <strong>{f.instant(atMs)}</strong>
      </p>
      <ul>
        {values.map(({ name, slot, text }) => (
          <li key={name} className="row">
            <LineSign slot={slot} />
            <span className="grow">{name}</span>
            <span className="number">{text}</span>
          </li>
        ))}
      </ul>
      <div className="row">
        <button
          type="button"
          className="button button-small"
          data-testid="pinned-add"
          onClick={() => {
            model.noteDraft.set({
              atMs,
              text: values.map(({ name, text }) => `${name}: ${text}`).join('\n'),
              resourceId,
            });
            addNote();
          }}
        >
          {t('pinned.add')}
        </button>
        <button type="button" className="button button-quiet button-small" onClick={() => crosshair.pinned.set(null)}>
          {t('pinned.unpin')} <kbd>Esc</kbd>
        </button>
      </div>
    </div>
  );
}
