/** Puts the theme on <html> and follows the machine while the choice is "system". */
import { useEffect, useState } from 'react';
import type { Theme } from '../../core/contract/shapes.ts';
import { applyTheme, rememberedTheme, type ShownTheme } from './theme.ts';

/** @param theme null: not known yet, the remembered one stands */
export function useTheme(theme: Theme | null): ShownTheme {
  const [shown, setShown] = useState<ShownTheme>('dark');
  useEffect(() => {
    const apply = () => setShown(applyTheme(theme ?? rememberedTheme()));
    apply();
    const media = window.matchMedia('(prefers-color-scheme: light)');
    media.addEventListener('change', apply);
    return () => media.removeEventListener('change', apply);
  }, [theme]);
  return shown;
}
