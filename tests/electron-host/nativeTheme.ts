/**
 * `nativeTheme`: what the app asks for is what pages see as prefers-color-scheme. The system itself is light here.
 */
import { EventEmitter } from 'node:events';
import type { NativeTheme } from 'electron';
import { host } from './host.ts';

type Source = NativeTheme['themeSource'];

class HostNativeTheme extends EventEmitter {
  private source: Source = 'system';

  get themeSource(): Source {
    return this.source;
  }
  set themeSource(source: Source) {
    if (source === this.source) return;
    this.source = source;
    for (const contents of host.windows) this.applyTo(contents);
    this.emit('updated');
  }
  get shouldUseDarkColors(): boolean {
    return this.source === 'dark';
  }

  private applyTo(contents: { emulateColorScheme(scheme: 'dark' | 'light' | ''): Promise<void> }): void {
    contents.emulateColorScheme(this.source === 'system' ? '' : this.source).catch(() => {});
  }
}

export const nativeTheme = new HostNativeTheme();
