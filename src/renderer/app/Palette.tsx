/** The command palette (UX-60): every command that does something now, found in either language. */
import { Spotlight, type SpotlightActionData, spotlight } from '@mantine/spotlight';
import { useEffect } from 'react';
import '@mantine/spotlight/styles.layer.css';
import { useCommands, useModel, useWords } from '../data/context.ts';
import { useStore } from '../data/store.ts';
import { useQuery } from '../data/useQuery.ts';
import { translator } from '../i18n/index.ts';
import { commandTable } from './commands.ts';
import { keyText } from './keys.ts';
import { isMac } from './platform.ts';
import { routeOfResource } from './routes.ts';
import { goTo } from './useRoute.ts';

const english = translator('en');
const korean = translator('ko');

export default function Palette({ close }: { close: () => void }) {
  const commands = useCommands();
  const model = useModel();
  const { t } = useWords();
  const available = useStore(commands.available);
  const overview = useQuery('overview.get', {});
  useEffect(() => spotlight.open(), []);

  const actions: SpotlightActionData[] = commandTable
    .filter(({ id }) => available.has(id) && id !== 'palette.open')
    .map(({ id, keys }) => ({
      id,
      label: t(`command.${id}`),
      keywords: [english(`command.${id}`), korean(`command.${id}`), id],
      onClick: () => void commands.run(id),
      rightSection: keys === null ? null : <kbd>{keyText(keys, isMac)}</kbd>,
    }));
  const demoId = model.demo.get()?.connectionId;
  const inDemo = model.scope.get() === demoId;
  for (const row of overview.data?.rows ?? []) {
    if ((row.connectionId === demoId) !== inDemo && demoId !== null && demoId !== undefined) continue;
    actions.push({
      id: row.resourceId,
      label: row.name,
      description: t(row.kind === 'sqs-queue' ? 'kind.queue' : 'kind.stream'),
      keywords: [row.region],
      onClick: () => goTo(routeOfResource(row.kind, row.resourceId)),
    });
  }

  return (
    <Spotlight
      actions={actions}
      onSpotlightClose={close}
      shortcut={null}
      lockScroll={false}
      limit={12}
      maxHeight={420}
      transitionProps={{ duration: 0 }}
      overlayProps={{ transitionProps: { duration: 0 } }}
      nothingFound={t('palette.nothing')}
      searchProps={{ placeholder: t('palette.placeholder'), 'aria-label': t('palette.placeholder'), size: 'md' }}
      scrollable
    />
  );
}
