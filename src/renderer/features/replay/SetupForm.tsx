/**
 * A candidate: the group's bounds, and each policy with its alarm and step table. The deployed one is shown, not edited.
 */
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReplayAlarm } from '../../../core/contract/shapes.ts';
import { scalerWords } from '../../../core/messages/scalerWords.ts';
import { decidingMeasures } from '../../../core/model/measures.ts';
import { candidateKinds, candidateOf, kindOf } from '../../../core/scaling/candidates.ts';
import { useWords } from '../../data/context.ts';
import type { Translate } from '../../i18n/index.ts';
import { operatorSign } from '../queue/thresholds.ts';
import { type Faults, type PolicyDraft, type SetupDraft, setupDraft } from './draft.ts';
import { ChoiceField, NumberField } from './fields.tsx';
import { StepTable } from './StepTable.tsx';
import { targetsOf } from './targets.ts';

interface Props {
  readonly draft: SetupDraft;
  readonly faults: Faults;
  /** null: read-only */
  readonly change: ((draft: SetupDraft) => void) | null;
  /** Acceptable backlog of an instance: the target another kind of candidate starts with. */
  readonly messagesPerInstance?: number;
}

const statistics: readonly ReplayAlarm['statistic'][] = ['Average', 'Sum', 'Minimum', 'Maximum'];
const operators = Object.keys(operatorSign) as ReplayAlarm['comparisonOperator'][];
const missingData: readonly ReplayAlarm['treatMissingData'][] = ['missing', 'ignore', 'breaching', 'notBreaching'];
const adjustmentTypes = ['ChangeInCapacity', 'PercentChangeInCapacity', 'ExactCapacity'] as const;
const aggregations = ['Average', 'Minimum', 'Maximum'] as const;

export function SetupForm({ draft, faults, change, messagesPerInstance = 100 }: Props) {
  const { t, f } = useWords();
  // The steps to come back to when another kind was only tried.
  const [stepped] = useState(draft.base);
  const fixed = change === null;
  const set = (part: Partial<SetupDraft>) => change?.({ ...draft, ...part });
  return (
    <div className="setup" data-testid="setup-form">
      <div className="panel-body field-grid">
        <TextInput
          label={t('setup.label')}
          value={draft.label}
          error={faults.get('label')}
          disabled={fixed}
          data-testid="field-label"
          onChange={(event) => set({ label: event.currentTarget.value })}
        />
        <NumberField
          path="defaultWarmupSeconds"
          label={t('setup.defaultWarmup')}
          unit={t('unit.s')}
          value={draft.defaultWarmupSeconds}
          placeholder={t('setup.none')}
          faults={faults}
          disabled={fixed}
          change={(defaultWarmupSeconds) => set({ defaultWarmupSeconds })}
        />
        <NumberField
          path="minSize"
          label={t('setup.minSize')}
          unit={t('unit.instances')}
          value={draft.minSize}
          slide={{ least: 0, whole: true }}
          faults={faults}
          disabled={fixed}
          change={(minSize) => set({ minSize })}
        />
        <NumberField
          path="maxSize"
          label={t('setup.maxSize')}
          unit={t('unit.instances')}
          value={draft.maxSize}
          slide={{ least: 1, whole: true }}
          faults={faults}
          disabled={fixed}
          change={(maxSize) => set({ maxSize })}
        />
      </div>
      <div className="panel-body">
        <ChoiceField
          path="kind"
          label={t('setup.kind')}
          value={kindOf(draft.base)}
          choices={candidateKinds.map((value) => ({ value, label: t(`setup.kind.${value}`) }))}
          disabled={fixed}
          change={(kind) => {
            const { minSize, maxSize, defaultWarmupSeconds } = draft;
            const label = kind === 'step' ? stepped.label : t(`setup.kind.${kind}`);
            const next = setupDraft(candidateOf(kind, stepped, messagesPerInstance));
            change?.({ ...next, label, minSize, maxSize, defaultWarmupSeconds });
          }}
        />
        {targetsOf(draft.base).length === 0 ? null : (
          <div className="field-grid">
            {targetsOf(draft.base).map(({ path, policyName, kind }, i) => (
              <NumberField
                key={path}
                path={path}
                label={policyName === '' ? t(`setup.target.${kind}`) : `${policyName}: ${t(`setup.target.${kind}`)}`}
                value={draft.targets[i] ?? ''}
                placeholder={t('setup.none')}
                slide={{ least: kind === 'concurrency' ? 2 : 1 }}
                faults={faults}
                disabled={fixed}
                change={(value) => set({ targets: draft.targets.map((one, j) => (i === j ? value : one)) })}
              />
            ))}
          </div>
        )}
        {scalerWords(f.language, draft.base).map(({ name, condition, does }) => (
          <p className="faint" key={name} data-testid="setup-scaler">
            {name}: {[condition, does].filter((part) => part !== '').join(' → ')}
          </p>
        ))}
        {also(draft, t).map((words) => (
          <p className="faint" key={words} data-testid="setup-also">
            {words}
          </p>
        ))}
      </div>
      {draft.policies.map((policy, i) => (
        <PolicyForm
          // policies are neither added, removed nor moved
          key={i}
          at={`policies.${i}`}
          draft={policy}
          faults={faults}
          change={
            change === null ? null : (next) => set({ policies: draft.policies.map((one, j) => (i === j ? next : one)) })
          }
        />
      ))}
    </div>
  );
}

/** What the candidate has and the form does not show. */
function also({ base }: SetupDraft, t: Translate): string[] {
  const { schedule = [], group } = base;
  return [
    ...(schedule.length === 0
      ? []
      : [t('setup.also.schedule', { names: schedule.map(({ name }) => name).join(', ') })]),
    ...(group.hooks === undefined
      ? []
      : [t('setup.also.hooks', { launch: group.hooks.launchSeconds, terminate: group.hooks.terminateSeconds })]),
    ...(group.terminationPolicy === undefined
      ? []
      : [t('setup.also.termination', { policy: group.terminationPolicy })]),
    ...(group.newInstancesProtectedFromScaleIn === true ? [t('setup.also.protected')] : []),
    ...(group.warmPool === undefined ? [] : [t('setup.also.warmPool', { state: group.warmPool.state })]),
  ];
}

function PolicyForm({
  at,
  draft,
  faults,
  change,
}: {
  at: string;
  draft: PolicyDraft;
  faults: Faults;
  change: ((draft: PolicyDraft) => void) | null;
}) {
  const { t } = useWords();
  const fixed = change === null;
  const set = (part: Partial<PolicyDraft>) => change?.({ ...draft, ...part });
  const setAlarm = (part: Partial<PolicyDraft['alarm']>) => set({ alarm: { ...draft.alarm, ...part } });
  const { alarm } = draft;
  const same = <T extends string>(values: readonly T[]) => values.map((value) => ({ value, label: value }));
  return (
    <section className="policy" data-testid={`policy-${draft.name}`}>
      <div className="panel-head">
        <h3 className="grow cut" title={draft.name}>
          {draft.name}
        </h3>
        <label className="row">
          <input
            type="checkbox"
            checked={draft.enabled}
            disabled={fixed}
            onChange={(event) => set({ enabled: event.target.checked })}
          />
          {t('policy.enabled')}
        </label>
      </div>
      <div className="panel-body">
        <h4 className="group-title">{t('policy.alarm', { name: alarm.name })}</h4>
        <div className="field-grid field-grid-3">
          <ChoiceField
            path={`${at}.alarm.measure`}
            label={t('policy.measure')}
            value={alarm.measure}
            choices={decidingMeasures.map((value) => ({ value, label: t(`replayMeasure.${value}`) }))}
            disabled={fixed}
            change={(measure) => setAlarm({ measure })}
          />
          <ChoiceField
            path={`${at}.alarm.statistic`}
            label={t('policy.statistic')}
            value={alarm.statistic}
            choices={same(statistics)}
            disabled={fixed}
            change={(statistic) => setAlarm({ statistic })}
          />
          <ChoiceField
            path={`${at}.alarm.comparisonOperator`}
            label={t('policy.operator')}
            value={alarm.comparisonOperator}
            choices={operators.map((value) => ({ value, label: `${operatorSign[value]} ${t(`operator.${value}`)}` }))}
            disabled={fixed}
            change={(comparisonOperator) => setAlarm({ comparisonOperator })}
          />
          <NumberField
            path={`${at}.alarm.threshold`}
            label={t('policy.threshold')}
            unit={t(`replayUnit.${alarm.measure}`)}
            value={alarm.threshold}
            slide={{ least: 0 }}
            faults={faults}
            disabled={fixed}
            change={(threshold) => setAlarm({ threshold })}
          />
          <NumberField
            path={`${at}.alarm.periodSeconds`}
            label={t('policy.period')}
            unit={t('unit.s')}
            value={alarm.periodSeconds}
            faults={faults}
            disabled={fixed}
            change={(periodSeconds) => setAlarm({ periodSeconds })}
          />
          <div className="m-of-n">
            <NumberField
              path={`${at}.alarm.datapointsToAlarm`}
              label={t('policy.m')}
              value={alarm.datapointsToAlarm}
              faults={faults}
              disabled={fixed}
              change={(datapointsToAlarm) => setAlarm({ datapointsToAlarm })}
            />
            <NumberField
              path={`${at}.alarm.evaluationPeriods`}
              label={t('policy.n')}
              value={alarm.evaluationPeriods}
              faults={faults}
              disabled={fixed}
              change={(evaluationPeriods) => setAlarm({ evaluationPeriods })}
            />
          </div>
          <ChoiceField
            path={`${at}.alarm.treatMissingData`}
            label={t('policy.missing')}
            value={alarm.treatMissingData}
            choices={same(missingData)}
            disabled={fixed}
            change={(treatMissingData) => setAlarm({ treatMissingData })}
          />
        </div>
        <h4 className="group-title">{t('policy.steps')}</h4>
        <StepTable at={at} draft={draft} faults={faults} change={change} />
        <div className="field-grid field-grid-3">
          <ChoiceField
            path={`${at}.adjustmentType`}
            label={t('policy.adjustmentType')}
            value={draft.adjustmentType}
            choices={adjustmentTypes.map((value) => ({ value, label: t(`adjustmentType.${value}`) }))}
            disabled={fixed}
            change={(adjustmentType) => set({ adjustmentType })}
          />
          <ChoiceField
            path={`${at}.metricAggregationType`}
            label={t('policy.aggregation')}
            value={draft.metricAggregationType}
            choices={same(aggregations)}
            disabled={fixed}
            change={(metricAggregationType) => set({ metricAggregationType })}
          />
          <NumberField
            path={`${at}.warmupSeconds`}
            label={t('policy.warmup')}
            unit={t('unit.s')}
            placeholder={t('policy.warmupOfGroup')}
            value={draft.warmupSeconds}
            slide={{ least: 0, whole: true }}
            faults={faults}
            disabled={fixed}
            change={(warmupSeconds) => set({ warmupSeconds })}
          />
          {draft.adjustmentType === 'PercentChangeInCapacity' ? (
            <NumberField
              path={`${at}.minAdjustmentMagnitude`}
              label={t('policy.minMagnitude')}
              unit={t('unit.instances')}
              placeholder={t('setup.none')}
              value={draft.minAdjustmentMagnitude}
              faults={faults}
              disabled={fixed}
              change={(minAdjustmentMagnitude) => set({ minAdjustmentMagnitude })}
            />
          ) : null}
        </div>
      </div>
    </section>
  );
}
