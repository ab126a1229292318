/**
 * The backtest: the deployed policy and up to two variants, replayed on the recorded traffic (UX-30 to UX-32).
 *
 * Never a forecast. The forms are text until they are run; what is wrong stands beside its field. Arithmetic is the
 * engine's.
 */
import { useMemo, useState } from 'react';
import type { ReplayDefaults, ReplayRequest, ReplayResult, TimeRange } from '../../../core/contract/shapes.ts';
import type { ReplayPlant } from '../../../core/model/replayPlants.ts';
import { useCommandHandlers } from '../../app/useCommandHandlers.ts';
import { ChartGroupProvider } from '../../charts/group.tsx';
import { useModel, useWords } from '../../data/context.ts';
import { useStore } from '../../data/store.ts';
import { useQuery } from '../../data/useQuery.ts';
import { useFocus } from '../../data/useTimeRange.ts';
import { type Translate, translator } from '../../i18n/index.ts';
import { Failure } from '../../parts/Failure.tsx';
import { Loading } from '../../parts/Loading.tsx';
import { currentRange } from '../../time/range.ts';
import { Antipatterns } from './Antipatterns.tsx';
import { AssumptionsForm } from './AssumptionsForm.tsx';
import { DecisionList } from './DecisionList.tsx';
import { Differences } from './Differences.tsx';
import {
  type AssumptionsDraft,
  assumptionsDraft,
  readAssumptions,
  readSetup,
  type SetupDraft,
  setupDraft,
} from './draft.ts';
import { FidelityBlock } from './FidelityBlock.tsx';
import { MessageCounts, MessagesForm } from './Messages.tsx';
import { messagesDraft, readMessages } from './messagesDraft.ts';
import { PlantChoice } from './PlantChoice.tsx';
import { ReplayCharts } from './ReplayCharts.tsx';
import { SetupForm } from './SetupForm.tsx';
import { Uncertainty } from './Uncertainty.tsx';
import { UseCandidate } from './UseCandidate.tsx';
import { useBands } from './useBands.ts';
import { useReplay } from './useReplay.ts';
import { givenName } from './words.ts';
import { Yardsticks } from './Yardsticks.tsx';
import '../resource.css';
import './replay.css';

export default function ReplayScreen({ resourceId }: { resourceId: string }) {
  const { t } = useWords();
  const detail = useQuery('resource.get', { resourceId });
  const [asked, setAsked] = useState<TimeRange | null>(null);
  const defaults = useQuery('replay.defaults', { resourceId, range: asked });
  useFocus(detail.data?.row.connectionId ?? null);

  if (defaults.data === null) {
    if (defaults.error !== null) {
      return (
        <div className="pad">
          <Failure error={defaults.error} retry={defaults.ask} />
        </div>
      );
    }
    return <Loading what={t('replay.calibrating')} />;
  }
  return (
    <Replay
      // New defaults are new forms.
      key={`${defaults.data.range.fromMs} ${defaults.data.range.toMs}`}
      resourceId={resourceId}
      names={{ queueName: detail.data?.row.name ?? '', groupName: detail.data?.group?.name ?? null }}
      defaults={defaults.data}
      calibrating={defaults.pending}
      calibrate={setAsked}
    />
  );
}

interface Props {
  readonly resourceId: string;
  /** As commands need them. */
  readonly names: { readonly queueName: string; readonly groupName: string | null };
  readonly defaults: ReplayDefaults;
  readonly calibrating: boolean;
  readonly calibrate: (range: TimeRange) => void;
}

type Tab = 'deployed' | number;

function Replay({ resourceId, names, defaults, calibrating, calibrate }: Props) {
  const model = useModel();
  const { t, f } = useWords();
  const [assumptions, setAssumptions] = useState<AssumptionsDraft>(() => assumptionsDraft(defaults.assumptions));
  const [typedVariants, setVariants] = useState<readonly SetupDraft[]>(() =>
    defaults.suggestions.slice(0, 2).map((setup) => setupDraft({ ...setup, label: givenName(setup.label, t) })),
  );
  const variants = useMemo(
    () => typedVariants.map((variant) => ({ ...variant, label: givenName(variant.label, t) })),
    [typedVariants, t],
  );
  const [used, setUsed] = useState<readonly boolean[]>([true, true]);
  const [tab, setTab] = useState<Tab>(variants.length > 0 ? 0 : 'deployed');
  const [plant, setPlant] = useState<ReplayPlant>('fluid');
  const [messages, setMessages] = useState(messagesDraft);
  const readOfMessages = useMemo(() => readMessages(messages), [messages]);
  const eachMessage = plant === 'per-message';
  const [live, setLive] = useState(true);
  const [chosen, setChosen] = useState(0);
  const spec = currentRange(useStore(model.range));

  const assumed = useMemo(() => readAssumptions(assumptions, t), [assumptions, t]);
  const read = useMemo(() => variants.map((variant) => readSetup(variant, t, f.language)), [variants, t, f.language]);
  const faultCount =
    (eachMessage ? readOfMessages.faults.size : 0) +
    assumed.faults.size +
    read.reduce((sum, { faults }, i) => sum + (used[i] ? faults.size : 0), 0);
  const setups = [
    ...(defaults.deployed === null ? [] : [{ ...defaults.deployed, label: givenName(defaults.deployed.label, t) }]),
    ...read.filter((_, i) => used[i]).map(({ value }) => value),
  ];

  const request = {
    resourceId,
    range: defaults.range,
    assumptions: assumed.value,
    plant,
    setups,
    ...(eachMessage ? { messages: readOfMessages.value } : {}),
  };
  const valid = faultCount === 0 && setups.length > 0;
  const asked = settingsText(request);
  const part = zoomed(defaults.range);
  const detail = part === defaults.range ? null : part;
  const replay = useReplay(valid ? { request, asked } : null, live && plant !== 'per-message', detail);
  const { answered, judged, error, running, progress, run } = replay;
  const result = useMemo(() => (answered === null ? null : named(answered.result, t)), [answered, t]);
  const judgedRuns = useMemo(() => (judged === null ? [] : named(judged.result, t).runs), [judged, t]);
  const outdated = answered !== null && !running && valid && answered.asked !== asked;
  const shown = result === null ? 0 : Math.min(chosen, result.runs.length - 1);
  const bands = useBands(request, result?.runs[shown]?.setup, `${answered?.asked} ${shown}`);
  useCommandHandlers({ 'replay.run': run });

  const deployedDraft = useMemo(() => (defaults.deployed === null ? null : setupDraft(defaults.deployed)), [defaults]);
  // What is drawn is remembered by what it is given, so the same range must stay the same object.
  const zoom = zoomed(result === null ? defaults.range : result.range);
  const { fromMs, toMs } = zoom;
  const shownRange = useMemo(() => ({ fromMs, toMs }), [fromMs, toMs]);

  /** A fixed range inside the replayed one is a zoom; any other is not of this replay. */
  function zoomed(whole: TimeRange): TimeRange {
    if (spec.kind !== 'fixed' || spec.fromMs < whole.fromMs || spec.toMs > whole.toMs) return whole;
    return { fromMs: spec.fromMs, toMs: spec.toMs };
  }

  return (
    <div className="replay" data-testid="replay-screen">
      <div className="replay-forms">
        <section className="panel panel-body replay-run">
          <p className="soft">{t('replay.says')}</p>
          <p>
            {t('replay.range')}{' '}
            <strong>
              {f.instant(defaults.range.fromMs)} – {f.instant(defaults.range.toMs)}
            </strong>
          </p>
          <PlantChoice plant={plant} choose={setPlant} />
          {eachMessage ? <MessagesForm draft={messages} faults={readOfMessages.faults} change={setMessages} /> : null}
          <div className="row row-wrap">
            <button
              type="button"
              className="button button-primary"
              data-testid="replay-run"
              disabled={running || !valid}
              onClick={run}
            >
              {t(running ? 'replay.running' : 'replay.run')}
            </button>
            {progress === null ? null : (
              <>
                <progress max={1} value={progress} aria-label={t('replay.running')} />
                <button type="button" className="button" data-testid="replay-cancel" onClick={replay.cancel}>
                  {t('common.cancel')}
                </button>
              </>
            )}
            <button
              type="button"
              className="button"
              data-testid="replay-use-range"
              disabled={calibrating}
              onClick={() => calibrate(model.currentRange())}
            >
              {t('replay.useRange')}
            </button>
          </div>
          <label className="row">
            <input
              type="checkbox"
              checked={live}
              data-testid="replay-live"
              onChange={(event) => setLive(event.target.checked)}
            />
            {t('replay.live')}
          </label>
          {faultCount === 0 ? null : (
            <p className="tone-bad" role="alert" data-testid="replay-faults">
              {t('replay.faults', { n: faultCount })}
            </p>
          )}
          {setups.length === 0 ? (
            <p className="tone-warn">{t(variants.length === 0 ? 'replay.noPolicy' : 'replay.nothingToRun')}</p>
          ) : null}
          {error === null ? null : <Failure error={error} retry={run} />}
        </section>

        <AssumptionsForm
          draft={assumptions}
          calibration={defaults.calibration}
          faults={assumed.faults}
          change={setAssumptions}
        />

        <section className="panel" hidden={deployedDraft === null && variants.length === 0}>
          <div className="panel-head variant-tabs" role="tablist" aria-label={t('replay.candidates')}>
            {deployedDraft === null ? null : (
              <TabButton id="deployed" tab={tab} choose={setTab} label={t('replay.deployed')} faults={0} />
            )}
            {variants.map((variant, i) => (
              <TabButton
                // the place is the identity: variant A, variant B
                key={i}
                id={i}
                tab={tab}
                choose={setTab}
                label={`${'AB'[i]} · ${variant.label}`}
                faults={read[i]!.faults.size}
              />
            ))}
          </div>
          {tab === 'deployed' && deployedDraft !== null ? (
            <>
              <p className="panel-body faint">{t('replay.deployedHelp')}</p>
              <SetupForm draft={deployedDraft} faults={noFaults} change={null} />
            </>
          ) : null}
          {typeof tab === 'number' && variants[tab] !== undefined ? (
            <>
              <label className="row panel-body">
                <input
                  type="checkbox"
                  checked={used[tab] ?? false}
                  onChange={(event) => setUsed(used.map((one, i) => (i === tab ? event.target.checked : one)))}
                />
                {t('replay.useVariant')}
              </label>
              <SetupForm
                key={tab}
                draft={variants[tab]}
                faults={read[tab]!.faults}
                messagesPerInstance={(assumed.value.throughputPerInstancePerMinute * assumed.value.ageGoalSeconds) / 60}
                change={(draft) => setVariants(variants.map((one, i) => (i === tab ? draft : one)))}
              />
              {read[tab]!.faults.size > 0 ? null : (
                <UseCandidate setup={read[tab]!.value} queueName={names.queueName} groupName={names.groupName} />
              )}
            </>
          ) : null}
        </section>
      </div>

      <div className="replay-results" aria-busy={running}>
        {outdated ? (
          <p className="panel panel-body tone-warn" role="status" data-testid="replay-outdated">
            {t('replay.outdated')}
          </p>
        ) : null}
        {result === null ? (
          running ? (
            <Loading what={t('replay.running')} />
          ) : (
            <p className="empty panel">{t('replay.notRun')}</p>
          )
        ) : (
          <ChartGroupProvider range={shownRange}>
            <FidelityBlock result={result} />
            <Differences result={result} />
            <MessageCounts runs={result.runs} />
            <div className={judged?.asked === answered?.asked ? undefined : 'is-stale'}>
              <Antipatterns runs={judgedRuns} />
            </div>
            <ReplayCharts result={result} chosen={shown} range={shownRange} bands={bands.bands} />
            <Uncertainty of={bands} label={result.runs[shown]?.label ?? ''} messages={plant === 'per-message'} />
            <div className={judged?.asked === answered?.asked ? undefined : 'is-stale'}>
              <Yardsticks runs={judgedRuns} />
            </div>
            <div className={judged?.asked === answered?.asked ? undefined : 'is-stale'}>
              <DecisionList
                runs={judgedRuns}
                toMs={result.range.toMs}
                ofPart={detail !== null}
                chosen={shown}
                choose={setChosen}
              />
            </div>
          </ChartGroupProvider>
        )}
      </div>
    </div>
  );
}

const noFaults = new Map<string, string>();
const english = translator('en');

function named(result: ReplayResult, t: Translate): ReplayResult {
  return { ...result, runs: result.runs.map((one) => ({ ...one, label: givenName(one.label, t) })) };
}

/** What a result depends on; the same settings under a name in another language are the same. */
function settingsText(request: ReplayRequest): string {
  const setups = request.setups.map((setup) => ({ ...setup, label: givenName(setup.label, english) }));
  return JSON.stringify({ ...request, setups });
}

function TabButton({
  id,
  tab,
  choose,
  label,
  faults,
}: {
  id: Tab;
  tab: Tab;
  choose: (tab: Tab) => void;
  label: string;
  faults: number;
}) {
  return (
    <button
      type="button"
      role="tab"
      aria-selected={tab === id}
      className="variant-tab cut"
      data-testid={`variant-${id}`}
      onClick={() => choose(id)}
      title={label}
    >
      {label}
      {faults === 0 ? null : <span className="tone-bad"> ✕{faults}</span>}
    </button>
  );
}
