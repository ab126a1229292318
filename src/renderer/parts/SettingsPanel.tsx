/** A resource's settings under the names its service gives them, folded away until wanted. */
import type { ResourceDetail } from '../../core/contract/shapes.ts';
import { useWords } from '../data/context.ts';

interface Props {
  readonly settings: ResourceDetail['settings'];
  readonly arn: string;
}

export function SettingsPanel({ settings, arn }: Props) {
  const { t } = useWords();
  return (
    <details className="panel">
      <summary className="panel-head">{t('side.settings')}</summary>
      <dl className="facts panel-body">
        {[...settings, { name: 'ARN', value: arn }].map(({ name, value }) => (
          <div key={name} className="fact-pair">
            <dt>{name}</dt>
            <dd className="mono">{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
