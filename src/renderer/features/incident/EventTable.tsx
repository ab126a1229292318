/** The events of the range in order; virtualized, each with its kind as sign and word. Notes can be taken away again. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { EventRow } from '../../../core/contract/shapes.ts';
import { eventLook } from '../../charts/lane.ts';
import { useModel, useWords } from '../../data/context.ts';
import { errorOf } from '../../data/model.ts';
import { errorText } from '../../parts/errorText.ts';
import { Mark } from '../../parts/Mark.tsx';

export function EventTable({ events, changed }: { events: readonly EventRow[]; changed: () => void }) {
  const model = useModel();
  const { t, f } = useWords();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: events.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 46,
    overscan: 20,
    getItemKey: (index) => events[index]!.id,
  });

  async function remove(id: number): Promise<void> {
    try {
      await model.client.call('events.removeNote', { id });
      changed();
      model.toast('good', t('note.removed'));
    } catch (thrown) {
      model.toast('bad', errorText(f.language, errorOf(thrown)));
    }
  }

  return (
    <div className="event-scroll" ref={scroller}>
      <ol className="event-list" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const event = events[item.index]!;
          const noteKind = event.data.noteKind;
          const word =
            event.kind === 'note' && isNoteKind(noteKind) ? t(`noteKind.${noteKind}`) : t(`eventKind.${event.kind}`);
          return (
            <li
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              data-testid="event-row"
              data-kind={event.kind}
              className={`event event-${event.kind}`}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <time className="event-time">
                {f.shortInstant(event.atMs)} <span className="faint">{f.zone(event.atMs)}</span>
              </time>
              <Mark {...eventLook(event)} word={word} />
              <div className="event-text">
                <strong className="event-title" title={event.title}>
                  {event.title}
                </strong>
                {event.detail === '' ? null : <p className="soft event-detail">{event.detail}</p>}
              </div>
              {event.kind === 'note' ? (
                <button
                  type="button"
                  className="button button-quiet button-small"
                  aria-label={t('note.remove', { title: event.title })}
                  onClick={() => void remove(event.id)}
                >
                  ×
                </button>
              ) : null}
            </li>
          );
        })}
      </ol>
    </div>
  );
}

function isNoteKind(value: unknown): value is 'observation' | 'belief' | 'action' | 'milestone' {
  return value === 'observation' || value === 'belief' || value === 'action' || value === 'milestone';
}
