/** A candidate to take away: the commands that deploy it, or its setup file for the command line. Nothing is run. */
import { useMemo, useState } from 'react';
import type { ReplaySetup } from '../../../core/contract/shapes.ts';
import { setupCommands } from '../../../core/deploy/setupCommands.ts';
import { useModel, useWords } from '../../data/context.ts';

interface Props {
  readonly setup: ReplaySetup;
  readonly queueName: string;
  /** Null: not known; the commands ask for it. */
  readonly groupName: string | null;
}

export function UseCandidate({ setup, queueName, groupName }: Props) {
  const { t } = useWords();
  const model = useModel();
  const [form, setForm] = useState<'commands' | 'file'>('commands');
  const text = useMemo(
    () => (form === 'file' ? `${JSON.stringify(setup, null, 2)}\n` : setupCommands(setup, { queueName, groupName })),
    [form, setup, queueName, groupName],
  );
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => model.toast('good', t('use.copied')),
      () => model.toast('bad', t('use.notCopied')),
    );
  return (
    <details className="panel-body use-candidate" data-testid="use-candidate">
      <summary>{t('use.title')}</summary>
      <p className="faint">{t('use.says')}</p>
      <div className="row row-wrap">
        {(['commands', 'file'] as const).map((one) => (
          <button
            key={one}
            type="button"
            className="button button-small"
            aria-pressed={form === one}
            data-testid={`use-${one}`}
            onClick={() => setForm(one)}
          >
            {t(`use.${one}`)}
          </button>
        ))}
        <span className="grow" />
        <button type="button" className="button button-small" data-testid="use-copy" onClick={() => void copy()}>
          {t('use.copy')}
        </button>
      </div>
      <pre className="mono use-text" data-testid="use-text">
        {text}
      </pre>
    </details>
  );
}
