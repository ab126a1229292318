/** A replay that follows every message: how they behave, and what became of them. */
import { memo } from 'react';
import type { ReplayRun } from '../../../core/contract/shapes.ts';
import { messageCountIds, messageCountNames, messageCountsTitle } from '../../../core/messages/messageCounts.ts';
import { useWords } from '../../data/context.ts';
import { ChoiceField, NumberField } from './fields.tsx';
import { type MessageFault, type MessagesDraft, messageFields, serviceChoices } from './messagesDraft.ts';

interface Props {
  readonly draft: MessagesDraft;
  readonly faults: ReadonlyMap<string, MessageFault>;
  readonly change: (draft: MessagesDraft) => void;
}

export function MessagesForm({ draft, faults, change }: Props) {
  const { t } = useWords();
  const said = new Map([...faults].map(([field, limits]) => [field, t('fault.between', limits)]));
  return (
    <div className="field-grid" data-testid="messages-form">
      <ChoiceField
        path="service"
        label={t('messages.service')}
        value={draft.service}
        choices={serviceChoices.map((value) => ({ value, label: t(`messages.service.${value}`) }))}
        disabled={false}
        change={(service) => change({ ...draft, service })}
      />
      {messageFields.map((field) => (
        <NumberField
          key={field}
          path={field}
          label={t(`messages.${field}`)}
          value={draft[field]}
          placeholder={t('messages.asRecorded')}
          faults={said}
          change={(value) => change({ ...draft, [field]: value })}
        />
      ))}
    </div>
  );
}

export const MessageCounts = memo(function MessageCounts({ runs }: { runs: readonly ReplayRun[] }) {
  const { f } = useWords();
  if (runs.every(({ messageCounts }) => messageCounts === undefined)) return null;
  return (
    <section className="panel" data-testid="message-counts">
      <h2 className="panel-head">{messageCountsTitle[f.language]}</h2>
      <table className="plain">
        <thead>
          <tr>
            <td />
            {runs.map(({ label }) => (
              <th scope="col" className="number" key={label}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {messageCountIds.map((id) => (
            <tr key={id}>
              <th scope="row">{messageCountNames[id][f.language]}</th>
              {runs.map(({ label, messageCounts }) => (
                <td className="number" key={label}>
                  {f.whole(messageCounts?.[id] ?? null)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
});
