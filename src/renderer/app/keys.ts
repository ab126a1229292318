/**
 * Which command a key press means. Matched by `event.code`, so it works while the keyboard is in Hangul mode (UX-62).
 *
 * Pure but for the little memory of a sequence ("g o"). Single keys are off in text fields, and every key is ignored
 * while an input method composes. Not here: what commands do (app/commands.ts).
 */
export interface KeyPress {
  readonly code: string;
  /** Command on macOS, Control elsewhere. */
  readonly mod: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
  readonly composing: boolean;
  readonly inTextField: boolean;
  readonly atMs: number;
}

export interface KeyBinding {
  readonly id: string;
  /** "Mod+K", "?", "g o" */
  readonly keys: string;
}

/** The second key of a sequence must follow within this time. */
export const sequenceMs = 1_200;

const codeOfSign: Readonly<Record<string, string>> = {
  '/': 'Slash',
  '?': 'Shift+Slash',
  '[': 'BracketLeft',
  ']': 'BracketRight',
  ',': 'Comma',
  '.': 'Period',
};

/** "g o" -> ["KeyG", "KeyO"]; "Mod+Shift+K" -> ["Mod+Shift+KeyK"] */
export function codesOf(keys: string): string[] {
  return keys.split(' ').map((stroke) => {
    const parts = stroke.split('+');
    const last = parts.pop()!;
    const code = codeOfSign[last] ?? (/^[a-z]$/i.test(last) ? `Key${last.toUpperCase()}` : last);
    return [...parts, code].join('+');
  });
}

export function strokeOf(press: Pick<KeyPress, 'code' | 'mod' | 'shift' | 'alt'>): string {
  const code = press.code === 'NumpadEnter' ? 'Enter' : press.code;
  return `${press.mod ? 'Mod+' : ''}${press.alt ? 'Alt+' : ''}${press.shift ? 'Shift+' : ''}${code}`;
}

/** @returns a function that takes presses and answers with the id of a command, or null */
export function createKeyMatcher(bindings: readonly KeyBinding[]): (press: KeyPress) => string | null {
  const table = bindings.map(({ id, keys }) => ({ id, codes: codesOf(keys) }));
  let prefix: string | null = null;
  let prefixAtMs = 0;
  return (press) => {
    if (press.composing || /^(Shift|Control|Alt|Meta)(Left|Right)$/.test(press.code)) return null;
    const stroke = strokeOf(press);
    if (press.inTextField && !press.mod) return null;
    const first = prefix !== null && press.atMs - prefixAtMs <= sequenceMs ? prefix : null;
    prefix = null;
    if (first !== null) {
      const second = table.find(({ codes }) => codes.length === 2 && codes[0] === first && codes[1] === stroke);
      if (second !== undefined) return second.id;
    }
    const single = table.find(({ codes }) => codes.length === 1 && codes[0] === stroke);
    if (single !== undefined) return single.id;
    if (table.some(({ codes }) => codes.length === 2 && codes[0] === stroke)) {
      prefix = stroke;
      prefixAtMs = press.atMs;
    }
    return null;
  };
}

/** Keys of one binding that another one already has, or hides as its prefix (UX-60). */
export function keyConflicts(bindings: readonly KeyBinding[]): string[] {
  const conflicts: string[] = [];
  for (const [i, a] of bindings.entries()) {
    for (const b of bindings.slice(i + 1)) {
      const [codesA, codesB] = [codesOf(a.keys), codesOf(b.keys)];
      if (codesA.slice(0, codesB.length).join(' ') === codesB.slice(0, codesA.length).join(' ')) {
        conflicts.push(`${a.id} and ${b.id}: ${a.keys}`);
      }
    }
  }
  return conflicts;
}

/** As it stands on the keyboard: Mod is shown as the platform writes it. */
export function keyText(keys: string, mac: boolean): string {
  return keys.replace(/Mod\+/g, mac ? '⌘' : 'Ctrl+');
}
