/** Detectors of where somebody is to be found: postal codes, coordinates, and phone numbers outside the US. */
import type { Detector } from './detectors.ts';
import { anyOf, detect, keywords, whole } from './forms.ts';

const phoneWords = 'cell, contact, fax, fax number, mobile, phone, phone number, tel, telephone, telephone number';

/** Code of the country; what follows it; what stands in its place within the country; more keywords. */
const phones: Readonly<Record<string, readonly [string, string, string, string?]>> = {
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
function phone([code, rest, trunk, words]: (typeof phones)[string]): Detector {
  return anyOf(
    detect({ expression: new RegExp(`(?<![\\w+])(?:\\+|00)${code}[ .-]?(?:\\(0\\))?(?:${rest})(?!\\w|-\\w)`, 'g') }),
    detect({
      expression: new RegExp(`(?<![\\w+]|\\d[.-])(?:\\(?${trunk})(?:${rest})(?!\\w|-\\w)`, 'g'),
      beside: keywords(words === undefined ? phoneWords : `${phoneWords}, ${words}`),
    }),
  );
}

export const foreignPhones = (): readonly (readonly [string, Detector])[] =>
  Object.entries(phones).map(([country, form]) => [`PhoneNumber-${country}`, phone(form)]);

const degrees = (most: string): string => `[+-]?(?:${most})(?:\\.\\d{1,15})`;

export const places = (): readonly (readonly [string, Detector])[] => [
  [
    'CepCode-BR',
    detect({
      expression: whole('\\d{5}-?\\d{3}'),
      beside: keywords('cep, código de endereçamento postal, codigo de endereçamento postal'),
    }),
  ],
  [
    'LatLong',
    detect({
      // Decimal degrees only.
      expression: new RegExp(
        `(?<![\\w.+-])${degrees('[0-8]?\\d|90')}, ?${degrees('1[0-7]\\d|180|\\d{1,2}')}(?!\\w|\\.\\d)`,
        'g',
      ),
      beside: keywords('coordinate, coordinates, lat long, latitude longitude, location, position'),
    }),
  ],
  [
    'PostalCode-CA',
    detect({ expression: whole('[ABCEGHJ-NPRSTVXY]\\d[ABCEGHJ-NPRSTV-Z][ -]?\\d[ABCEGHJ-NPRSTV-Z]\\d') }),
  ],
  ['ZipCode-US', detect({ expression: whole('\\d{5}(?:-\\d{4})?'), beside: keywords('zip code, zip+4') })],
];
