/**
 * Every sentence that Spillway says about an error, in English and Korean: what was wrong, what was expected, how to fix it.
 *
 * One file per area; this one joins them and fills `{name}` placeholders. Screen labels are not here (renderer/i18n).
 */
import { awsMessages } from './aws.ts';
import { commonMessages } from './common.ts';
import { emulatorStateMessages } from './emulatorState.ts';
import { inputMessages } from './input.ts';
import { particle } from './particle.ts';
import { storageMessages } from './storage.ts';
import { phraseText } from './terms.ts';
import { timelineMessages } from './timeline.ts';

export type Language = 'en' | 'ko';
export interface Message {
  readonly en: string;
  readonly ko: string;
}

export const messages = {
  ...commonMessages,
  ...awsMessages,
  ...storageMessages,
  ...inputMessages,
  ...timelineMessages,
  ...emulatorStateMessages,
} as const satisfies Record<string, Message>;
export type MessageKey = keyof typeof messages;

/**
 * Fill a template. `{name}` is replaced by the parameter; in Korean `{name|은/는}` also appends the particle that fits
 * the parameter's last sound (UX-81). An unknown name stays visible as `{name}`.
 */
export function fillTemplate(template: string, params: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)(?:\|([^}]+))?\}/g, (whole, name: string, pair?: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    return pair === undefined ? String(value) : `${value}${particle(String(value), pair)}`;
  });
}

/** The sentence for an error in a language. */
export function messageText(
  language: Language,
  error: { readonly code: MessageKey; readonly params: Readonly<Record<string, string | number>> },
): string {
  const params: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(error.params)) {
    params[name] = typeof value === 'string' ? phraseText(language, value) : value;
  }
  return fillTemplate(messages[error.code][language], params);
}
