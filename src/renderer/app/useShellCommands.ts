/** What the commands of the shell do: going places, the range, preferences, dialogs, and what the host asks for. */
import { useEffect } from 'react';
import type { Theme } from '../../core/contract/shapes.ts';
import { useCommands, useModel, useWords } from '../data/context.ts';
import { errorOf } from '../data/model.ts';
import { useStore } from '../data/store.ts';
import { errorText } from '../parts/errorText.ts';
import { rangeText } from '../time/parseRange.ts';
import { currentRange, freeze, shiftRange, zoomOut } from '../time/range.ts';
import type { Route } from './routes.ts';
import type { Dialog } from './Shell.tsx';
import { useCommandHandlers } from './useCommandHandlers.ts';
import { goTo } from './useRoute.ts';

export function useShellCommands(route: Route, openDialog: (dialog: Dialog) => void): void {
  const model = useModel();
  const commands = useCommands();
  const { t, f } = useWords();
  const demo = useStore(model.demo);
  const resourceId = 'resourceId' in route ? route.resourceId : null;
  const spec = () => currentRange(model.range.get());
  const timed = route.screen !== 'overview';

  async function say(action: () => Promise<unknown>, done: string): Promise<void> {
    try {
      await action();
      model.toast('good', done);
      await model.start();
    } catch (thrown) {
      model.toast('bad', errorText(f.language, errorOf(thrown)));
    }
  }

  useCommandHandlers({
    'go.overview': () => goTo({ screen: 'overview' }),
    'go.incident': () => goTo({ screen: 'incident', resourceId }),
    'palette.open': () => openDialog('palette'),
    'help.keys': () => openDialog('keys'),
    'import.open': () => openDialog('import'),
    'connect.open': () => openDialog('connect'),
    'zone.toggle': () =>
      void model.setPreferences({ zone: model.session.get()?.preferences.zone === 'utc' ? 'local' : 'utc' }),
    'language.en': () => void model.setPreferences({ language: 'en' }),
    'language.ko': () => void model.setPreferences({ language: 'ko' }),
    ...themeHandlers((theme) => void model.setPreferences({ theme })),
    'drawing.pause': () => model.setPaused(!model.paused.get()),
    ...(timed
      ? {
          'range.earlier': () => model.setRange(shiftRange(spec(), model.drawnNowMs(), -1)),
          'range.later': () => model.setRange(shiftRange(spec(), model.drawnNowMs(), 1)),
          'range.back': () => model.walkRange(-1),
          'range.forward': () => model.walkRange(1),
          'range.zoomOut': () => model.setRange(zoomOut(spec(), model.drawnNowMs())),
          'range.freeze': () => model.setRange(freeze(spec(), model.drawnNowMs())),
          'range.copy': () =>
            void navigator.clipboard
              .writeText(rangeText(freeze(spec(), model.drawnNowMs()), f.timeZone))
              .then(() => model.toast('good', t('range.copied'))),
        }
      : {}),
    ...(resourceId !== null && /:sqs:/.test(resourceId)
      ? {
          'go.charts': () => goTo({ screen: 'queue', resourceId }),
          'go.replay': () => goTo({ screen: 'replay', resourceId }),
        }
      : {}),
    ...(demo?.running
      ? { 'demo.remove': () => void say(() => model.client.call('demo.remove', {}), t('demo.removed')) }
      : { 'demo.start': () => void say(() => model.client.call('demo.start', {}), t('demo.started')) }),
  });

  // A menu item of the desktop: the same ids, and news of the engine's process.
  useEffect(
    () =>
      model.client.on('command', ({ command }) => {
        if (command === 'engine.gone') model.engine.set('restarting');
        else if (command === 'engine.failed') model.engine.set('failed');
        else if (command === 'engine.back') {
          model.engine.set('ready');
          void model.start();
        } else if (!commands.run(command) && command === 'export') {
          goTo({ screen: 'incident', resourceId });
        }
      }),
    [model, commands, resourceId],
  );
  useCommandHandlers(route.screen === 'incident' ? {} : { export: () => goTo({ screen: 'incident', resourceId }) });
}

function themeHandlers(set: (theme: Theme) => void) {
  return {
    'theme.system': () => set('system'),
    'theme.dark': () => set('dark'),
    'theme.light': () => set('light'),
    'theme.contrast': () => set('contrast'),
  };
}
