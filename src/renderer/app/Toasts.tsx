/** Results of the user's own actions, in words, for a few seconds. Nothing else is a toast (UX-44). */
import { useModel, useWords } from '../data/context.ts';
import { useStore } from '../data/store.ts';

export function Toasts() {
  const model = useModel();
  const { t } = useWords();
  const toasts = useStore(model.toasts);
  return (
    <div className="toasts" role="status" aria-live="polite" data-testid="toasts">
      {toasts.map(({ id, tone, text }) => (
        <div key={id} className={`notice notice-${tone} toast`}>
          <span aria-hidden="true">{tone === 'good' ? '✓' : '✕'}</span>
          <span className="grow">{text}</span>
          <button
            type="button"
            className="button button-quiet button-small"
            aria-label={t('common.close')}
            onClick={() => model.dismissToast(id)}
          >
            ×
          </button>
        </div>
      ))}
    </div>
  );
}
