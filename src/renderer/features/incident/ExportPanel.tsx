/** The incident as a file: Markdown, JSON or a single HTML page, with a look before it is saved (UX-93, UX-13). */
import { TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { ExportedFile, ExportRequest, TimeRange } from '../../../core/contract/shapes.ts';
import type { ErrorValue } from '../../../core/errors.ts';
import { nameInArn } from '../../app/routes.ts';
import { useCommandHandlers } from '../../app/useCommandHandlers.ts';
import { useModel, useWords } from '../../data/context.ts';
import { errorOf } from '../../data/model.ts';
import { useStore } from '../../data/store.ts';
import { Failure } from '../../parts/Failure.tsx';
import { saveFile } from './save.ts';

type FileFormat = ExportRequest['format'];
const formats: readonly FileFormat[] = ['markdown', 'json', 'html', 'csv'];
const mostPreviewed = 20_000;

interface Props {
  readonly range: TimeRange;
  readonly resourceIds: readonly string[];
  readonly resourceId: string | null;
}

export function ExportPanel({ range, resourceIds, resourceId }: Props) {
  const model = useModel();
  const { t, f } = useWords();
  const lastReplay = useStore(model.lastReplay);
  const session = useStore(model.session);
  const [title, setTitle] = useState('');
  const [withReplay, setWithReplay] = useState(true);
  const [wanted, setFormat] = useState<FileFormat>('markdown');
  const [preview, setPreview] = useState<ExportedFile | null>(null);
  const [error, setError] = useState<ErrorValue | null>(null);
  const [busy, setBusy] = useState(false);
  const titleField = useRef<HTMLInputElement>(null);
  const shown = useRef<HTMLElement>(null);
  // It comes below the fold of a low window.
  useEffect(() => {
    if (preview !== null) shown.current?.scrollIntoView({ block: 'nearest' });
  }, [preview]);
  useCommandHandlers({ export: () => titleField.current?.focus() });

  const replay =
    withReplay && lastReplay !== null && (resourceId === null || lastReplay.resourceId === resourceId)
      ? lastReplay
      : null;
  // CSV is the replay alone.
  const offered = replay === null ? formats.filter((one) => one !== 'csv') : formats;
  const format = offered.includes(wanted) ? wanted : 'markdown';
  const ownTitle =
    title.trim() || t('export.defaultTitle', { name: resourceId === null ? t('incident.all') : nameInArn(resourceId) });

  async function make(then: (file: ExportedFile) => Promise<void> | void): Promise<void> {
    setBusy(true);
    setError(null);
    try {
      await then(
        await model.client.call('timeline.export', {
          resourceIds: [...resourceIds],
          range,
          format,
          language: f.language,
          timeZone: f.timeZone,
          title: ownTitle,
          replay,
        }),
      );
    } catch (thrown) {
      setError(errorOf(thrown));
    } finally {
      setBusy(false);
    }
  }

  return (
    <section className="panel" data-testid="export-panel">
      <h2 className="panel-head">{t('export.title')}</h2>
      <div className="panel-body note-fields">
        <p className="faint">
          {f.instant(range.fromMs)} – {f.instant(range.toMs)}
        </p>
        <TextInput
          ref={titleField}
          label={t('export.name')}
          placeholder={ownTitle}
          value={title}
          maxLength={200}
          data-testid="export-title"
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <fieldset className="presets">
          <legend className="field-label">{t('export.format')}</legend>
          {offered.map((one) => (
            <button
              key={one}
              type="button"
              className="button button-small"
              aria-pressed={format === one}
              data-testid={`export-${one}`}
              onClick={() => {
                setFormat(one);
                setPreview(null);
              }}
            >
              {t(`export.${one}`)}
            </button>
          ))}
        </fieldset>
        <label className={lastReplay === null ? 'row faint' : 'row'}>
          <input
            type="checkbox"
            checked={replay !== null}
            disabled={lastReplay === null}
            data-testid="export-replay"
            onChange={(event) => setWithReplay(event.target.checked)}
          />
          {t(lastReplay === null ? 'export.noReplay' : 'export.withReplay')}
        </label>
        <div className="row">
          <button
            type="button"
            className="button"
            disabled={busy}
            data-testid="export-preview"
            onClick={() => void make(setPreview)}
          >
            {t('export.preview')}
          </button>
          <button
            type="button"
            className="button button-primary"
            disabled={busy || session === null}
            data-testid="export-save"
            onClick={() =>
              void make(async (file) => {
                const saved = await saveFile(model.client, session!.host, file);
                if (saved !== null) model.toast('good', t('export.saved', { file: saved }));
              })
            }
          >
            {t('export.save')}
          </button>
          {busy ? <span className="faint">{t('export.making')}</span> : null}
        </div>
        {error === null ? null : <Failure error={error} />}
        {preview === null ? null : (
          <figure className="export-preview" ref={shown}>
            <figcaption className="row">
              <strong className="grow cut">{preview.fileName}</strong>
              <span className="faint">{f.bytes(new TextEncoder().encode(preview.text).length)}</span>
            </figcaption>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling text must be reachable by keyboard */}
            <pre tabIndex={0} data-testid="export-text">
              {preview.text.slice(0, mostPreviewed)}
              {preview.text.length > mostPreviewed ? '\n…' : ''}
            </pre>
          </figure>
        )}
      </div>
    </section>
  );
}
