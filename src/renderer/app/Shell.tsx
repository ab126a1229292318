/**
 * What is around every screen: header, demo mark, notices, the screen of the route, palette, dialogs, toasts.
 *
 * Every screen but the overview is loaded when it is first opened (EL-31); recharts comes with the first chart.
 */
import { lazy, Suspense, useEffect, useState } from 'react';
import { useModel, useWords } from '../data/context.ts';
import { useStore } from '../data/store.ts';
import { Overview } from '../features/overview/Overview.tsx';
import { Failure } from '../parts/Failure.tsx';
import { Loading } from '../parts/Loading.tsx';
import { DemoBar } from './DemoBar.tsx';
import { Header } from './Header.tsx';
import { Notices } from './Notices.tsx';
import { RangeBar } from './RangeBar.tsx';
import { nameInArn, type Route, routeHash } from './routes.ts';
import { ScreenGuard } from './ScreenGuard.tsx';
import { Toasts } from './Toasts.tsx';
import { useFocusKept } from './useFocusKept.ts';
import { useKeys } from './useKeys.ts';
import { useRoute } from './useRoute.ts';
import { useShellCommands } from './useShellCommands.ts';
import './shell.css';

const QueueScreen = lazy(() => import('../features/queue/QueueScreen.tsx'));
const StreamScreen = lazy(() => import('../features/stream/StreamScreen.tsx'));
const ReplayScreen = lazy(() => import('../features/replay/ReplayScreen.tsx'));
const IncidentScreen = lazy(() => import('../features/incident/IncidentScreen.tsx'));
const Palette = lazy(() => import('./Palette.tsx'));
const KeyHelp = lazy(() => import('./KeyHelp.tsx'));
const ImportDialog = lazy(() => import('../features/import/ImportDialog.tsx'));
const ConnectDialog = lazy(() => import('./ConnectDialog.tsx'));

export type Dialog = 'palette' | 'keys' | 'connect' | 'import';

export function Shell() {
  const model = useModel();
  const { t } = useWords();
  const route = useRoute();
  const session = useStore(model.session);
  const startError = useStore(model.startError);
  const [dialog, setDialog] = useState<Dialog | null>(null);
  useShellCommands(route, setDialog);
  useKeys();
  const close = () => setDialog(null);
  useFocusKept(routeHash(route), dialog !== null);
  const place = 'resourceId' in route && route.resourceId !== null ? nameInArn(route.resourceId) : t('overview.title');
  useEffect(() => {
    document.title = `${place} · Spillway`;
  }, [place]);

  return (
    <div className="shell">
      <button type="button" className="button skip-link" onClick={() => document.getElementById('main')?.focus()}>
        {t('shell.skip')}
      </button>
      <Header route={route} openDialog={setDialog} />
      <DemoBar />
      {route.screen === 'overview' ? null : <RangeBar route={route} />}
      <Notices />
      <main id="main" tabIndex={-1} className="main" data-screen={route.screen}>
        {session === null && startError !== null ? (
          <div className="pad">
            <Failure error={startError} retry={() => void model.start()} />
          </div>
        ) : (
          <ScreenGuard key={route.screen + ('resourceId' in route ? route.resourceId : '')}>
            <Suspense fallback={<Loading />}>
              <Screen route={route} openDialog={setDialog} />
            </Suspense>
          </ScreenGuard>
        )}
      </main>
      <Suspense fallback={null}>
        {dialog === 'palette' ? <Palette close={close} /> : null}
        {dialog === 'keys' ? <KeyHelp close={close} /> : null}
        {dialog === 'import' ? <ImportDialog close={close} /> : null}
        {dialog === 'connect' ? <ConnectDialog close={close} /> : null}
      </Suspense>
      <Toasts />
    </div>
  );
}

function Screen({ route, openDialog }: { route: Route; openDialog: (dialog: Dialog) => void }) {
  switch (route.screen) {
    case 'overview':
      return <Overview connect={() => openDialog('connect')} openTrace={() => openDialog('import')} />;
    case 'queue':
      return <QueueScreen resourceId={route.resourceId} />;
    case 'stream':
      return <StreamScreen resourceId={route.resourceId} />;
    case 'replay':
      return <ReplayScreen resourceId={route.resourceId} />;
    case 'incident':
      return <IncidentScreen resourceId={route.resourceId} />;
  }
}
