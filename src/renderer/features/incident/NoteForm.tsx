/** A note on the timeline: an instant, a title, words, and what kind of statement it is (UX-92). */
import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { NoteKind } from '../../../core/model/events.ts';
import { useCommandHandlers } from '../../app/useCommandHandlers.ts';
import { useModel, useWords } from '../../data/context.ts';
import { errorOf } from '../../data/model.ts';
import { errorText } from '../../parts/errorText.ts';
import { parseInstant } from '../../time/parseRange.ts';
import { isoInZone } from '../../time/zone.ts';

const noteKinds: readonly NoteKind[] = ['observation', 'belief', 'action', 'milestone'];

interface Props {
  readonly resourceId: string | null;
  readonly connectionId: string | null;
  readonly added: () => void;
}

export function NoteForm({ resourceId, connectionId, added }: Props) {
  const model = useModel();
  const { t, f } = useWords();
  const [at, setAt] = useState('');
  const [title, setTitle] = useState('');
  const [detail, setDetail] = useState('');
  const [noteKind, setNoteKind] = useState<NoteKind>('observation');
  const [faults, setFaults] = useState<{ at?: string; title?: string }>({});
  const titleField = useRef<HTMLInputElement>(null);
  useCommandHandlers({ 'note.add': () => titleField.current?.focus() });

  // An instant that was pinned on a chart arrives here once.
  useEffect(() => {
    const draft = model.noteDraft.get();
    if (draft === null) return;
    model.noteDraft.set(null);
    setAt(isoInZone(draft.atMs, f.timeZone));
    setDetail(draft.text);
    titleField.current?.focus();
  }, [model, f.timeZone]);

  async function submit(): Promise<void> {
    const nowMs = Math.round(model.nowMs());
    const atMs = at.trim() === '' ? nowMs : parseInstant(at, { nowMs, timeZone: f.timeZone });
    const wrong = {
      ...(atMs === null ? { at: t('note.atWrong') } : {}),
      ...(title.trim() === '' ? { title: t('fault.required') } : {}),
    };
    setFaults(wrong);
    if (atMs === null || Object.keys(wrong).length > 0) return;
    try {
      await model.client.call('events.addNote', {
        atMs: Math.round(atMs),
        title: title.trim(),
        detail,
        noteKind,
        resourceId,
        connectionId,
      });
      setTitle('');
      setDetail('');
      setAt('');
      added();
      model.toast('good', t('note.added'));
    } catch (thrown) {
      model.toast('bad', errorText(f.language, errorOf(thrown)));
    }
  }

  return (
    <section className="panel" data-testid="note-form">
      <h2 className="panel-head">{t('note.title')}</h2>
      <form
        className="panel-body note-fields"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <div className="form-grid">
          <TextInput
            label={t('note.at')}
            placeholder={t('note.atNow')}
            value={at}
            error={faults.at}
            data-testid="note-at"
            spellCheck={false}
            onChange={(event) => setAt(event.currentTarget.value)}
          />
          <NativeSelect
            label={t('note.kind')}
            value={noteKind}
            data={noteKinds.map((value) => ({ value, label: t(`noteKind.${value}`) }))}
            data-testid="note-kind"
            onChange={(event) => setNoteKind(event.currentTarget.value as NoteKind)}
          />
        </div>
        <TextInput
          ref={titleField}
          label={t('note.what')}
          value={title}
          error={faults.title}
          maxLength={200}
          data-testid="note-title"
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <Textarea
          label={t('note.detail')}
          value={detail}
          rows={4}
          maxLength={10_000}
          data-testid="note-detail"
          onChange={(event) => setDetail(event.currentTarget.value)}
        />
        <button type="submit" className="button button-primary" data-testid="note-add">
          {t('note.add')}
        </button>
      </form>
    </section>
  );
}
