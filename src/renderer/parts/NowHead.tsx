/** Head of the panel that tells how a resource stands now: its state as sign and word. */
import type { ResourceRow } from '../../core/contract/shapes.ts';
import { useModel, useWords } from '../data/context.ts';
import { useStore } from '../data/store.ts';
import { rowLooks, rowState, staleAfterMs } from '../features/overview/rows.ts';
import { Mark } from './Mark.tsx';

export function NowHead({ row }: { readonly row: ResourceRow }) {
  const model = useModel();
  const { t } = useWords();
  const connection = useStore(model.connections)?.find(({ id }) => id === row.connectionId);
  const state = rowState(row, model.drawnNowMs(row.connectionId), staleAfterMs(connection));
  return (
    <h2 className="panel-head">
      {t('side.now')}
      <span className="grow" />
      <Mark {...rowLooks[state]} word={t(`rowState.${state}`)} />
    </h2>
  );
}
