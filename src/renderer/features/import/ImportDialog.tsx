/**
 * Traffic from a file or a bundled sample: look first, answer what the file does not tell, then import and replay.
 *
 * Reading and judging the file is the engine's; nothing is stored before the last button.
 */
import { Modal, NativeSelect, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { SampleTrace, TraceImported } from '../../../core/contract/shapes.ts';
import type { ErrorValue } from '../../../core/errors.ts';
import { goTo } from '../../app/useRoute.ts';
import { useModel, useWords } from '../../data/context.ts';
import { errorOf } from '../../data/model.ts';
import { Failure } from '../../parts/Failure.tsx';
import { pushFile } from './pushFile.ts';
import { TraceReport } from './TraceReport.tsx';
import './import.css';

/** Something to change rather than an empty field. */
const firstShape = 'daily:mean=600,amplitude=400 + crowd:at=1140,height=1800 + chance:';
const shapeDays = 2;

interface Chosen {
  readonly file: File;
  readonly name: string;
}

export default function ImportDialog({ close }: { close: () => void }) {
  const model = useModel();
  const { t, f } = useWords();
  const [samples, setSamples] = useState<readonly SampleTrace[]>([]);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [shape, setShape] = useState(firstShape);
  const [zone, setZone] = useState('');
  const [series, setSeries] = useState('');
  const [looked, setLooked] = useState<TraceImported | null>(null);
  const [progress, setProgress] = useState<number | null>(null);
  const [error, setError] = useState<ErrorValue | null>(null);
  const abort = useRef<AbortController | null>(null);
  const busy = progress !== null;

  useEffect(() => {
    model.client.call('trace.samples', {}).then(setSamples, (thrown) => setError(errorOf(thrown)));
    return () => abort.current?.abort();
  }, [model]);

  /** One thing at a time; what was running is given up. */
  async function during(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    abort.current?.abort();
    const own = new AbortController();
    abort.current = own;
    setError(null);
    setProgress(0);
    try {
      await work(own.signal);
    } catch (thrown) {
      if (!own.signal.aborted) setError(errorOf(thrown));
    } finally {
      if (abort.current === own) setProgress(null);
    }
  }

  const options = {
    ...(zone.trim() === '' ? {} : { zone: zone.trim() }),
    ...(series === '' ? {} : { series }),
  };

  function push({ file }: Chosen, name: string | null, signal: AbortSignal): Promise<TraceImported | null> {
    const onProgress = (share: number) => {
      if (!signal.aborted) setProgress(share);
    };
    return pushFile(model.client, { file, options, name, onProgress, signal });
  }

  const look = (file: Chosen) =>
    during(async (signal) => {
      setLooked(null);
      const found = await push(file, null, signal);
      if (found !== null && !signal.aborted) setLooked(found);
    });

  async function arrived({ queueResourceId }: TraceImported): Promise<void> {
    if (queueResourceId === null) return;
    const { row } = await model.client.call('resource.get', { resourceId: queueResourceId });
    await model.start();
    model.scope.set(row.connectionId);
    model.toast('good', t('import.done', { name: row.name }));
    close();
    goTo({ screen: 'replay', resourceId: queueResourceId });
  }

  const store = () =>
    during(async (signal) => {
      if (chosen === null) return;
      const imported = await push(chosen, chosen.name.trim(), signal);
      if (imported === null || signal.aborted) return;
      if (imported.questions.length > 0) setLooked(imported);
      else await arrived(imported);
    });

  const storeSample = (sample: string) =>
    during(async () => arrived(await model.client.call('trace.importSample', { sample })));

  const storeShape = () =>
    during(async () =>
      arrived(
        await model.client.call('trace.importShape', {
          shape: shape.trim(),
          minutes: shapeDays * 1440,
          name: t('import.shape.name'),
        }),
      ),
    );

  const questions = new Set(looked?.questions.map(({ question }) => question));
  const ready = looked !== null && looked.questions.length === 0 && chosen !== null && chosen.name.trim() !== '';

  return (
    <Modal
      opened
      onClose={close}
      title={t('import.title')}
      size={620}
      lockScroll={false}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <div className="connect-form" data-testid="import-dialog">
        <p className="soft">{t('import.says')}</p>
        <label className="import-file">
          <span className="field-label">{t('import.file')}</span>
          <input
            type="file"
            accept=".csv,.json,.txt,.log,.tsv,text/csv,application/json"
            data-testid="import-file"
            data-autofocus
            onChange={(event) => {
              const file = event.currentTarget.files?.[0];
              if (file === undefined) return;
              const next = { file, name: file.name.replace(/\.[^.]+$/, '') || file.name };
              setChosen(next);
              void look(next);
            }}
          />
        </label>
        {chosen !== null ? null : (
          <fieldset className="import-samples">
            <legend className="field-label">{t('import.samples')}</legend>
            <div className="row row-wrap">
              {samples.map(({ name, file }) => (
                <button
                  key={name}
                  type="button"
                  className="button button-small"
                  title={file}
                  disabled={busy}
                  data-testid={`import-sample-${name}`}
                  onClick={() => void storeSample(name)}
                >
                  {name}
                </button>
              ))}
            </div>
          </fieldset>
        )}
        {chosen !== null ? null : (
          <div className="row row-wrap import-shape">
            <TextInput
              className="grow"
              label={t('import.shape')}
              description={t('import.shape.help')}
              value={shape}
              spellCheck={false}
              data-testid="import-shape"
              onChange={(event) => setShape(event.currentTarget.value)}
            />
            <button
              type="button"
              className="button button-small"
              disabled={busy || shape.trim() === ''}
              data-testid="import-shape-store"
              onClick={() => void storeShape()}
            >
              {t('import.shape.store', { days: shapeDays })}
            </button>
          </div>
        )}
        {busy ? (
          <div role="status" className="row" data-testid="import-progress">
            <progress max={1} value={progress} aria-label={t('import.reading')} />
            <span className="soft">
              {t('import.reading')} {f.percent(progress)}
            </span>
          </div>
        ) : null}
        {error === null ? null : <Failure error={error} />}
        {looked === null ? null : <TraceReport looked={looked} />}
        {questions.has('zone') || zone !== '' ? (
          <TextInput
            label={t('import.zone')}
            description={t('import.zone.help')}
            value={zone}
            placeholder="Asia/Seoul, UTC, +09:00"
            spellCheck={false}
            data-testid="import-zone"
            onChange={(event) => setZone(event.currentTarget.value)}
          />
        ) : null}
        {questions.has('series') || series !== '' ? (
          <NativeSelect
            label={t('import.series')}
            value={series}
            data={['', ...(looked?.report.series ?? [])]}
            data-testid="import-series"
            onChange={(event) => setSeries(event.currentTarget.value)}
          />
        ) : null}
        {chosen === null || looked === null ? null : (
          <TextInput
            label={t('import.name')}
            value={chosen.name}
            data-testid="import-name"
            onChange={(event) => setChosen({ ...chosen, name: event.currentTarget.value })}
          />
        )}
        <div className="row dialog-actions">
          {chosen === null ? null : (
            <button
              type="button"
              className="button"
              disabled={busy}
              data-testid="import-look"
              onClick={() => void look(chosen)}
            >
              {t('import.look')}
            </button>
          )}
          <span className="grow" />
          <button type="button" className="button" data-testid="import-cancel" onClick={close}>
            {t('common.cancel')}
          </button>
          <button
            type="button"
            className="button button-primary"
            disabled={!ready || busy}
            data-testid="import-store"
            onClick={() => void store()}
          >
            {t('import.store')}
          </button>
        </div>
      </div>
    </Modal>
  );
}
