/** What was read of a file, what was odd in it and how that was treated, and what it does not tell. */
import type { TraceImported } from '../../../core/contract/shapes.ts';
import { importNoteText, importQuestionText } from '../../../core/messages/importTerms.ts';
import { useWords } from '../../data/context.ts';

export function TraceReport({ looked }: { looked: TraceImported }) {
  const { t, f } = useWords();
  const { report, questions } = looked;
  return (
    <section className="panel" data-testid="import-report">
      <h3 className="panel-head">{t('import.report')}</h3>
      <p className="panel-body">
        {t(report.kind === 'requests' ? 'import.requests' : 'import.rows', {
          rows: f.whole(report.rows),
          period: f.duration(report.periodSeconds),
          from: f.instant(report.firstMs),
          to: f.instant(report.lastMs),
        })}
      </p>
      {report.notes.length === 0 ? null : (
        <ul className="panel-body import-notes">
          {report.notes.map((note) => (
            <li key={note.note}>{importNoteText(f.language, note)}</li>
          ))}
        </ul>
      )}
      {questions.map((question) => (
        <p key={question.question} className="panel-body tone-warn" role="alert">
          {importQuestionText(f.language, question)}
        </p>
      ))}
    </section>
  );
}
