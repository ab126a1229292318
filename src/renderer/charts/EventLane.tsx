/**
 * One lane of events above the charts, on their time axis (UX-23): alarm states as bars, scaling activities and notes
 * as marks. Each mark is a button that says what happened and pins its instant.
 *
 * The clock of the crosshair is shown here, once for all charts.
 */
import { useEffect, useMemo, useRef } from 'react';
import type { EventRow, TimeRange } from '../../core/contract/shapes.ts';
import { useWords } from '../data/context.ts';
import { plotLeft, plotWidth, xOf } from './geometry.ts';
import { useChartGroup } from './group.tsx';
import { alarmSpans, eventLook, laneMarks } from './lane.ts';
import { useWidth } from './useWidth.ts';

export function EventLane({ events, range }: { events: readonly EventRow[]; range: TimeRange }) {
  const { t, f } = useWords();
  const { crosshair } = useChartGroup();
  const [box, width] = useWidth<HTMLDivElement>();
  const cursor = useRef<HTMLDivElement>(null);
  const alarms = useMemo(() => alarmSpans(events, range), [events, range]);
  const marks = useMemo(() => laneMarks(events, range, plotWidth(width)), [events, range, width]);

  useEffect(
    () =>
      crosshair.attach((hovered, pinned) => {
        const at = hovered ?? pinned;
        const label = cursor.current;
        if (label === null) return;
        label.hidden = at === null;
        if (at === null) return;
        label.textContent = f.instant(Math.round(at) * 1000);
        const half = label.offsetWidth / 2;
        const x = Math.min(Math.max(xOf(at, range, width), half), width - half);
        label.style.transform = `translateX(${x - half}px)`;
      }),
    [crosshair, range, width, f],
  );

  return (
    <section className="lane" ref={box} aria-label={t('lane.label')} data-testid="event-lane">
      <div className="lane-cursor-row">
        <span className="faint lane-title">{t('lane.label')}</span>
        <div className="lane-cursor" ref={cursor} hidden />
      </div>
      {alarms.map(({ alarmName, spans }) => (
        <div key={alarmName} className="lane-row" title={alarmName}>
          <span className="lane-name cut">{alarmName}</span>
          {spans.map(({ fromMs, toMs, state }) => {
            const left = xOf(fromMs / 1000, range, width);
            const right = xOf(toMs / 1000, range, width);
            return (
              <span
                key={fromMs}
                className={`lane-span lane-span-${state}`}
                style={{ left, width: Math.max(2, right - left) }}
                title={`${alarmName}: ${t(`alarm.${state}`)} · ${f.instant(fromMs)} – ${f.instant(toMs)}`}
              >
                {right - left > 46 ? t(`alarm.${state}`) : ''}
              </span>
            );
          })}
        </div>
      ))}
      <div className="lane-row lane-marks">
        {marks.map(({ xPixels, events: here }) => {
          const first = here[0]!;
          const look = eventLook(first);
          const text = here.map(({ atMs, title }) => `${f.clock(atMs)} ${title}`).join('\n');
          return (
            <button
              key={`${first.kind}${first.id}`}
              type="button"
              className={`lane-mark tone-${look.tone}`}
              style={{ left: plotLeft + xPixels }}
              title={text}
              aria-label={text}
              onClick={() => crosshair.pinned.set(first.atMs / 1000)}
            >
              <span aria-hidden="true">{look.sign}</span>
              {here.length > 1 ? <span className="lane-count">{here.length}</span> : null}
            </button>
          );
        })}
        {marks.length === 0 && alarms.length === 0 ? (
          <span className="faint lane-empty" style={{ left: plotLeft }}>
            {t('lane.empty')}
          </span>
        ) : null}
      </div>
    </section>
  );
}
