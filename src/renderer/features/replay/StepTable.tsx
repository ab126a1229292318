/**
 * The steps of one policy: offsets from the threshold, as the API wants them, and beside them the metric's own values,
 * as the console shows them. Mixing the two up is the classic mistake (STEP-02), so both are always in sight.
 */
import { useWords } from '../../data/context.ts';
import type { Unit } from '../../time/format.ts';
import { absoluteStep, addStep, type Faults, type PolicyDraft, type StepDraft } from './draft.ts';
import { intervalText } from './words.ts';

interface Props {
  readonly at: string;
  readonly draft: PolicyDraft;
  readonly faults: Faults;
  readonly change: ((draft: PolicyDraft) => void) | null;
}

export const unitOfMeasure: Readonly<Record<PolicyDraft['alarm']['measure'], Unit>> = {
  depth: 'messages',
  inFlight: 'messages',
  sent: 'messages',
  backlogPerInstance: 'messages',
  received: 'messages',
  deleted: 'messages',
  age: 'seconds',
  utilization: 'percent',
  inService: 'instances',
  desired: 'instances',
};

export function StepTable({ at, draft, faults, change }: Props) {
  const { t, f } = useWords();
  const unit = unitOfMeasure[draft.alarm.measure];
  const set = (steps: readonly StepDraft[]) => change?.({ ...draft, steps });
  const edit = (i: number, part: Partial<StepDraft>) =>
    set(draft.steps.map((step, j) => (i === j ? { ...step, ...part } : step)));
  const rowFaults = (i: number) =>
    ['lower', 'upper', 'adjustment'].flatMap((field) => faults.get(`${at}.steps.${i}.${field}`) ?? []);

  const input = (i: number, step: StepDraft, field: 'lower' | 'upper' | 'adjustment', placeholder: string) => {
    const path = `${at}.steps.${i}.${field}`;
    return (
      <input
        type="text"
        inputMode="decimal"
        className="step-input"
        aria-label={t(`step.${field}Of`, { n: i + 1 })}
        aria-invalid={faults.has(path)}
        aria-describedby={faults.has(path) ? `${path}-fault` : undefined}
        data-testid={`field-${path}`}
        value={step[field]}
        placeholder={placeholder}
        disabled={change === null}
        onChange={(event) => edit(i, { [field]: event.target.value })}
      />
    );
  };

  return (
    <div className="steps">
      <table className="plain step-table" data-testid={`steps-${draft.name}`}>
        <thead>
          <tr>
            <th scope="col">#</th>
            <th scope="col" className="number">
              {t('step.lower')}
            </th>
            <th scope="col" className="number">
              {t('step.upper')}
            </th>
            <th scope="col">{t('step.absolute', { measure: t(`replayMeasure.${draft.alarm.measure}`) })}</th>
            <th scope="col" className="number">
              {t(`step.adjustment.${draft.adjustmentType}`)}
            </th>
            {change === null ? null : (
              <th scope="col">
                <span className="visually-hidden">{t('step.actions')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {draft.steps.map((step, i) => {
            const absolute = absoluteStep(step, draft.alarm.threshold);
            const wrong = rowFaults(i);
            return (
              <tr key={step.key}>
                <td className="faint">{i + 1}</td>
                <td className="number">{input(i, step, 'lower', '−∞')}</td>
                <td className="number">{input(i, step, 'upper', '+∞')}</td>
                <td className="step-absolute">
                  {absolute === null ? '–' : intervalText(absolute.from, absolute.to, absolute.below, unit, f)}
                  {wrong.map((text) => (
                    <p key={text} id={`${at}.steps.${i}.lower-fault`} className="step-fault" role="alert">
                      {text}
                    </p>
                  ))}
                </td>
                <td className="number">{input(i, step, 'adjustment', '0')}</td>
                {change === null ? null : (
                  <td>
                    <button
                      type="button"
                      className="button button-quiet button-small"
                      aria-label={t('step.remove', { n: i + 1 })}
                      disabled={draft.steps.length === 1}
                      onClick={() => set(draft.steps.filter((_, j) => i !== j))}
                    >
                      ×
                    </button>
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
      {faults.get(`${at}.steps`) === undefined ? null : (
        <p className="step-fault" role="alert">
          {faults.get(`${at}.steps`)}
        </p>
      )}
      <div className="row">
        <p className="faint grow">{t('step.trap')}</p>
        {change === null ? null : (
          <button
            type="button"
            className="button button-small"
            data-testid={`add-step-${draft.name}`}
            disabled={draft.steps.length >= 20}
            onClick={() => set(addStep(draft.steps, draft.alarm.comparisonOperator.startsWith('Greater')))}
          >
            {t('step.add')}
          </button>
        )}
      </div>
    </div>
  );
}
