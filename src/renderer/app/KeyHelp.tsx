/** The keys of the present view, grouped (UX-60: `?`). */
import { Modal } from '@mantine/core';
import { useCommands, useWords } from '../data/context.ts';
import { useStore } from '../data/store.ts';
import { type CommandGroup, commandTable } from './commands.ts';
import { keyText } from './keys.ts';
import { isMac } from './platform.ts';

const groups: readonly CommandGroup[] = ['go', 'time', 'view', 'incident', 'replay', 'app'];

export default function KeyHelp({ close }: { close: () => void }) {
  const { t } = useWords();
  const available = useStore(useCommands().available);
  return (
    <Modal
      opened
      onClose={close}
      title={t('keys.title')}
      size={620}
      lockScroll={false}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <div className="key-help">
        {groups.map((group) => {
          const rows = commandTable.filter(
            ({ id, group: own, keys }) => own === group && keys !== null && available.has(id),
          );
          if (rows.length === 0) return null;
          return (
            <section key={group}>
              <h3>{t(`keys.${group}`)}</h3>
              <dl className="facts">
                {rows.map(({ id, keys }) => (
                  <div key={id} className="key-line">
                    <dt>{t(`command.${id}`)}</dt>
                    <dd>
                      <kbd>{keyText(keys!, isMac)}</kbd>
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
        <section>
          <h3>{t('keys.charts')}</h3>
          <dl className="facts">
            {(['move', 'pin', 'unpin', 'zoom'] as const).map((key) => (
              <div key={key} className="key-line">
                <dt>{t(`keys.chart.${key}`)}</dt>
                <dd>
                  <kbd>{t(`keys.chart.${key}Key`)}</kbd>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Modal>
  );
}
