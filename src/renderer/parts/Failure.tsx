/** What went wrong, in words, with the way on (UX-44). */
import type { ErrorValue } from '../../core/errors.ts';
import { useWords } from '../data/context.ts';
import { errorText } from './errorText.ts';

export function Failure({ error, retry }: { error: ErrorValue; retry?: (() => void) | undefined }) {
  const { t, f } = useWords();
  return (
    <div className="notice notice-bad" role="alert" data-testid="failure" data-code={error.code}>
      <span aria-hidden="true">✕</span>
      <span className="grow">{errorText(f.language, error)}</span>
      {retry === undefined ? null : (
        <button type="button" className="button button-small" onClick={retry}>
          {t('common.retry')}
        </button>
      )}
    </div>
  );
}
