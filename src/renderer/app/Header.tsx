/** The header: where to go, which connection and how fresh, language, theme, zone. */
import { useModel, useWords } from '../data/context.ts';
import { useStore } from '../data/store.ts';
import { ConnectionMenu } from './ConnectionMenu.tsx';
import { keyText } from './keys.ts';
import { PreferenceMenus } from './PreferenceMenus.tsx';
import { isMac } from './platform.ts';
import { type Route, routeHash } from './routes.ts';
import type { Dialog } from './Shell.tsx';

export function Header({ route, openDialog }: { route: Route; openDialog: (dialog: Dialog) => void }) {
  const { t } = useWords();
  const model = useModel();
  const demo = useStore(model.demo);
  return (
    <header className={demo?.running ? 'header header-demo' : 'header'}>
      <a className="wordmark" href="#/" aria-label={t('nav.home')}>
        <svg viewBox="0 0 24 16" width="24" height="16" aria-hidden="true">
          <path d="M1 3h7c5 0 4 9 9 9h6" fill="none" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" />
          <path
            d="M1 9h4c4 0 4 5 8 5h10"
            fill="none"
            stroke="currentColor"
            strokeWidth="2.4"
            strokeLinecap="round"
            opacity="0.45"
          />
        </svg>
        <span>Spillway</span>
      </a>
      <nav className="nav" aria-label={t('nav.label')}>
        <a href="#/" aria-current={route.screen === 'overview' ? 'page' : undefined}>
          {t('nav.overview')}
        </a>
        <a
          href={routeHash({ screen: 'incident', resourceId: 'resourceId' in route ? route.resourceId : null })}
          aria-current={route.screen === 'incident' ? 'page' : undefined}
        >
          {t('nav.incident')}
        </a>
      </nav>
      <button
        type="button"
        className="button palette-button"
        data-testid="open-palette"
        onClick={() => openDialog('palette')}
      >
        <span className="faint cut">{t('nav.search')}</span>
        <kbd>{keyText('Mod+K', isMac)}</kbd>
      </button>
      <div className="grow" />
      <ConnectionMenu openConnect={() => openDialog('connect')} />
      <PreferenceMenus openKeys={() => openDialog('keys')} />
    </header>
  );
}
