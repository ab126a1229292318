/** Detectors of where somebody is to be found: postal codes and coordinates. Phone numbers are phones.ts. */
import type { Detector } from './detectors.ts';
import { detect, keywords, whole } from './forms.ts';

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
