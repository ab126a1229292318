/**
 * Under the header on every screen with charts: what is looked at, its screens, and the one time range (UX-10, UX-11).
 */
import { useModel, useWords } from '../data/context.ts';
import { useStore } from '../data/store.ts';
import { useTimeRange } from '../data/useTimeRange.ts';
import { currentRange, freeze, zoomOut } from '../time/range.ts';
import { RangeField } from './RangeField.tsx';
import { nameInArn, type Route, routeHash } from './routes.ts';

const presets = ['1h', '3h', '6h', '24h'] as const;
const presetMs = { '1h': 3_600_000, '3h': 10_800_000, '6h': 21_600_000, '24h': 86_400_000 } as const;

export function RangeBar({ route }: { route: Exclude<Route, { screen: 'overview' }> }) {
  const model = useModel();
  const { t } = useWords();
  const history = useStore(model.range);
  const paused = useStore(model.paused);
  const range = useTimeRange();
  const spec = currentRange(history);
  return (
    <div className="range-bar" data-testid="range-bar">
      <Crumbs route={route} />
      <span className="grow" />
      <div className="row range-controls">
        <button
          type="button"
          className="button button-quiet"
          aria-label={t('range.back')}
          title={`${t('range.back')} (,)`}
          disabled={history.index === 0}
          onClick={() => model.walkRange(-1)}
        >
          ←
        </button>
        <button
          type="button"
          className="button button-quiet"
          aria-label={t('range.forward')}
          title={`${t('range.forward')} (.)`}
          disabled={history.index === history.entries.length - 1}
          onClick={() => model.walkRange(1)}
        >
          →
        </button>
        <fieldset className="presets">
          <legend className="visually-hidden">{t('range.presets')}</legend>
          {presets.map((preset) => (
            <button
              key={preset}
              type="button"
              className="button button-quiet"
              aria-pressed={spec.kind === 'sliding' && spec.lengthMs === presetMs[preset]}
              onClick={() => model.setRange({ kind: 'sliding', lengthMs: presetMs[preset] })}
            >
              {preset}
            </button>
          ))}
        </fieldset>
        <RangeField range={range} />
        <button
          type="button"
          className="button button-quiet"
          data-testid="zoom-out"
          title={`${t('range.zoomOut')} (z)`}
          onClick={() => model.setRange(zoomOut(spec, model.drawnNowMs()))}
        >
          {t('range.zoomOut')}
        </button>
        <button
          type="button"
          className="button button-quiet"
          data-testid="freeze"
          title={`${t('range.freezeHelp')} (f)`}
          disabled={spec.kind === 'fixed'}
          onClick={() => model.setRange(freeze(spec, model.drawnNowMs()))}
        >
          {t('range.freeze')}
        </button>
        <button
          type="button"
          className="button button-quiet"
          data-testid="pause"
          aria-pressed={paused}
          title={`${t('range.pauseHelp')} (p)`}
          onClick={() => model.setPaused(!paused)}
        >
          {t(paused ? 'range.resume' : 'range.pause')}
        </button>
      </div>
    </div>
  );
}

function Crumbs({ route }: { route: Exclude<Route, { screen: 'overview' }> }) {
  const { t } = useWords();
  if (route.resourceId === null) return <h1>{t('incident.title')}</h1>;
  const { resourceId } = route;
  // Only a queue has a fleet to replay; a stream's ARN says what it is.
  const stream = route.screen === 'stream' || /^arn:[^:]*:kinesis:/.test(resourceId);
  const tabs = stream ? (['stream', 'incident'] as const) : (['queue', 'replay', 'incident'] as const);
  return (
    <div className="row crumbs">
      <a href="#/" className="crumb-back" aria-label={t('nav.overview')}>
        ‹
      </a>
      <h1 className="cut" title={resourceId}>
        {nameInArn(resourceId)}
      </h1>
      <nav className="tabs" aria-label={t('nav.resource')}>
        {tabs.map((screen) => (
          <a
            key={screen}
            href={routeHash({ screen, resourceId })}
            aria-current={route.screen === screen ? 'page' : undefined}
          >
            {t(`tab.${screen}`)}
          </a>
        ))}
      </nav>
    </div>
  );
}
