/** Detectors of phone numbers, of the US and of other countries: one form and one list of keywords for all. */
import type { Detector } from './detectors.ts';
import { anyOf, type Beside, detect, keywords } from './forms.ts';

const words = 'cell, contact, fax, fax number, mobile, phone, phone number, tel, telephone, telephone number';
const nearPhone = keywords(words);

interface Edges {
  /** What may not stand before the number besides letters, digits and a plus. */
  readonly notBefore?: string;
  /** What may not stand behind it besides letters and digits. */
  readonly notBehind?: string;
}

/** @param front what leads to the number: codes of countries, a trunk prefix @param rest the number itself, with alternatives */
const phoneForm = (front: string, rest: string, { notBefore = '', notBehind = '|-\\w' }: Edges = {}): RegExp =>
  new RegExp(`(?<![\\w+]${notBefore})${front}(?:${rest})(?!\\w${notBehind})`, 'g');

/** With the country's code behind a plus a number needs no keyword. */
const nearUsPhone: Beside = (body, start, end) => body[start] === '+' || nearPhone(body, start, end);

export const findUsPhones = detect({
  expression: phoneForm('(?:\\+?1[ .-]?)?', '(?:\\([2-9]\\d{2}\\) ?|[2-9]\\d{2}[ .-]?)[2-9]\\d{2}[ .-]?\\d{4}', {
    notBehind: '',
  }),
  beside: nearUsPhone,
});

/** Code of the country; what follows it; what stands in its place within the country; more keywords. */
const foreign: Readonly<Record<string, readonly [string, string, string, string?]>> = {
  BR: [
    '55',
    '\\(?[1-9]\\d\\)?[ .-]?9?\\d{4}[ .-]?\\d{4}',
    '',
    'cel, celular, fone, móvel, número residencial, numero residencial, telefone',
  ],
  DE: ['49', '\\(?[1-9]\\d{1,4}\\)?[ ./-]?\\d{3,4}[ .-]?\\d{3,5}', '0'],
  ES: ['34', '[6-9]\\d{2}[ .-]?\\d{3}[ .-]?\\d{3}|[6-9]\\d{2}(?:[ .-]?\\d{2}){3}', ''],
  FR: ['33', '[1-9](?:[ .-]?\\d{2}){4}', '0'],
  GB: ['44', '\\(?[1-37-9]\\d{1,4}\\)?[ .-]?\\d{3,4}[ .-]?\\d{3,4}', '0'],
  IT: ['39', '(?:3\\d{2}|0\\d{1,3})[ .-]?\\d{3,4}[ .-]?\\d{3,4}', ''],
};

/** With the country's code a number needs no keyword. */
const foreignPhone = ([code, rest, trunk, more]: (typeof foreign)[string]): Detector =>
  anyOf(
    detect({ expression: phoneForm(`(?:\\+|00)${code}[ .-]?(?:\\(0\\))?`, rest) }),
    detect({
      expression: phoneForm(`\\(?${trunk}`, rest, { notBefore: '|\\d[.-]' }),
      beside: more === undefined ? nearPhone : keywords(`${words}, ${more}`),
    }),
  );

export const foreignPhones = (): readonly (readonly [string, Detector])[] =>
  Object.entries(foreign).map(([country, form]) => [`PhoneNumber-${country}`, foreignPhone(form)]);
