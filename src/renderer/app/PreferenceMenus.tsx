/** Language, zone, theme, key help: what a person sets once and wants to find again. */
import { Menu } from '@mantine/core';
import type { Theme } from '../../core/contract/shapes.ts';
import { useModel, useWords } from '../data/context.ts';
import { useStore } from '../data/store.ts';

const themes: readonly Theme[] = ['system', 'dark', 'light', 'contrast'];

export function PreferenceMenus({ openKeys }: { openKeys: () => void }) {
  const model = useModel();
  const { t, f } = useWords();
  const session = useStore(model.session);
  const preferences = session?.preferences;
  const utc = preferences?.zone !== 'local';
  const otherLanguage = f.language === 'ko' ? 'en' : 'ko';
  return (
    <div className="row preference-row">
      <button
        type="button"
        className="button button-quiet"
        data-testid="zone-toggle"
        title={t('zone.toggle')}
        onClick={() => void model.setPreferences({ zone: utc ? 'local' : 'utc' })}
      >
        {utc ? 'UTC' : f.zone(model.nowMs())}
      </button>
      <button
        type="button"
        className="button button-quiet"
        data-testid="language-toggle"
        title={t('language.toggle')}
        lang={otherLanguage}
        onClick={() => void model.setPreferences({ language: otherLanguage })}
      >
        {otherLanguage === 'ko' ? '한국어' : 'English'}
      </button>
      <Menu position="bottom-end" transitionProps={{ duration: 0 }}>
        <Menu.Target>
          <button type="button" className="button button-quiet" data-testid="theme-menu">
            {t('theme.label')}
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {themes.map((theme) => (
            <Menu.Item
              key={theme}
              leftSection={preferences?.theme === theme ? '✓' : ' '}
              onClick={() => void model.setPreferences({ theme })}
            >
              {t(`theme.${theme}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <button
        type="button"
        className="button button-quiet"
        data-testid="open-keys"
        aria-label={t('keys.title')}
        title={t('keys.title')}
        onClick={openKeys}
      >
        ?
      </button>
    </div>
  );
}
