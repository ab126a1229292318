/**
 * The root: gives components the model, the words of the chosen language and zone, the commands and the theme.
 *
 * Not here: what is on the page (app/Shell.tsx).
 */
import { MantineProvider } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { CommandsContext, ModelContext, WordsContext } from '../data/context.ts';
import type { Model } from '../data/model.ts';
import { useStore } from '../data/store.ts';
import { translator } from '../i18n/index.ts';
import { createFormat } from '../time/format.ts';
import { createCommands } from './commands.ts';
import { Shell } from './Shell.tsx';
import { useTheme } from './useTheme.ts';

export function App({ model }: { model: Model }) {
  const session = useStore(model.session);
  const language = session?.preferences.language ?? (navigator.language.startsWith('ko') ? 'ko' : 'en');
  const timeZone = session?.preferences.zone === 'local' ? session.timeZone : 'UTC';
  const words = useMemo(() => ({ t: translator(language), f: createFormat(language, timeZone) }), [language, timeZone]);
  const [commands] = useState(createCommands);
  const theme = useTheme(session?.preferences.theme ?? null);

  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);

  // No style element may be injected (CSP): variables and classes of Mantine come from static files.
  return (
    <MantineProvider
      withCssVariables={false}
      withGlobalClasses={false}
      withStaticClasses
      deduplicateCssVariables={false}
      forceColorScheme={theme === 'light' ? 'light' : 'dark'}
    >
      <ModelContext value={model}>
        <WordsContext value={words}>
          <CommandsContext value={commands}>
            <Shell />
          </CommandsContext>
        </WordsContext>
      </ModelContext>
    </MantineProvider>
  );
}
