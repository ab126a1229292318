/** What the replay assumes, on the screen and in every export (UX-31); what the recording taught is said beside it. */
import type { Calibration, Interval } from '../../../core/contract/shapes.ts';
import { phraseText } from '../../../core/messages/terms.ts';
import { useWords } from '../../data/context.ts';
import { type AssumptionsDraft, assumptionFields, type Faults } from './draft.ts';
import { NumberField } from './fields.tsx';

interface Props {
  readonly draft: AssumptionsDraft;
  readonly calibration: Calibration;
  readonly faults: Faults;
  readonly change: (draft: AssumptionsDraft) => void;
}

export function AssumptionsForm({ draft, calibration, faults, change }: Props) {
  const { t, f } = useWords();
  const learnt: Readonly<Record<string, string | undefined>> = {
    throughputPerInstancePerMinute:
      calibration.throughputPerInstancePerMinute === null
        ? t('assume.notLearnt')
        : t('assume.learntThroughput', {
            value: f.compact(round(calibration.throughputPerInstancePerMinute)),
            interval: intervalText(calibration.throughputInterval, (value) => f.compact(round(value))),
            minutes: f.whole(calibration.saturatedMinutesUsed),
          }),
    launchDelaySeconds:
      calibration.launchDelaySeconds === null
        ? t('assume.notLearnt')
        : t('assume.learntLaunch', {
            value: f.duration(Math.round(calibration.launchDelaySeconds)),
            interval: intervalText(calibration.launchDelayInterval, (value) => f.duration(Math.round(value))),
            launches: f.whole(calibration.launchesUsed),
          }),
    terminateDelaySeconds:
      typeof calibration.terminateDelaySeconds !== 'number'
        ? undefined
        : t('assume.learntTermination', {
            value: f.duration(Math.round(calibration.terminateDelaySeconds)),
            terminations: f.whole(calibration.terminationsUsed ?? 0),
          }),
  };
  return (
    <section className="panel" data-testid="assumptions">
      <h2 className="panel-head">{t('assume.title')}</h2>
      <div className="panel-body field-grid">
        {assumptionFields.map((field) => (
          <NumberField
            key={field}
            path={field}
            label={t(`assume.${field}`)}
            unit={t(`assume.unit.${field}`)}
            help={learnt[field]}
            value={draft[field]}
            {...(slides[field] === undefined ? {} : { slide: slides[field] })}
            faults={faults}
            change={(value) => change({ ...draft, [field]: value })}
          />
        ))}
      </div>
      {calibration.acceptableBacklog == null && calibration.service == null ? null : (
        <p className="panel-body faint" data-testid="calibrated-more">
          {[
            ...(calibration.service == null
              ? []
              : [
                  t('assume.learntService', {
                    value: `${round(calibration.service.seconds)} s`,
                    interval: intervalText(calibration.service.interval, (value) => String(round(value))),
                  }),
                ]),
            ...(calibration.acceptableBacklog == null
              ? []
              : [
                  t('assume.learntBacklog', {
                    value: f.whole(Math.round(calibration.acceptableBacklog.messagesPerInstance)),
                    interval: intervalText(calibration.acceptableBacklog.interval, (value) =>
                      f.whole(Math.round(value)),
                    ),
                    goal: f.duration(calibration.acceptableBacklog.ageGoalSeconds),
                  }),
                ]),
          ].join(' ')}
        </p>
      )}
      <p className="faint panel-body assume-foot">{t('assume.feedback')}</p>
      {calibration.missing.length === 0 ? null : (
        <p className="panel-body tone-warn">
          {t('assume.missing', { what: calibration.missing.map((need) => phraseText(f.language, need)).join('; ') })}
        </p>
      )}
    </section>
  );
}

const slides: Partial<Record<(typeof assumptionFields)[number], { readonly least: number; readonly whole?: boolean }>> =
  {
    throughputPerInstancePerMinute: { least: 1 },
    launchDelaySeconds: { least: 0, whole: true },
    arrivalFactor: { least: 0.1 },
  };
/** " (69.1 – 71.7, 95 %)"; nothing without an interval. */
function intervalText(interval: Interval | null | undefined, text: (value: number) => string): string {
  if (interval == null) return '';
  return ` (${text(interval.low)} – ${text(interval.high)}, ${Math.round(interval.confidence * 100)} %)`;
}

const round = (value: number) => Number(value.toPrecision(3));
