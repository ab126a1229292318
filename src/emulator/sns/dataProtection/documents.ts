/** Detectors of what is printed on papers: passports, driver's licenses, residence cards, vehicles; and dates of birth. */
import { isDni, isGermanDocument } from './checksums.ts';
import type { Detector } from './detectors.ts';
import { detect, keywords, whole } from './forms.ts';

const englishLicense =
  'dl#, dl:, dlno#, driver licence, driver licences, driver license, driver licenses, driver permit, drivers lic., ' +
  "drivers licence, driver's licence, drivers licences, driver's licences, drivers license, driver's license, drivers licenses, " +
  "driver's licenses, drivers permit, driver's permit, drivers permit number, driving licence, driving license, driving permit";

/** Those whose form is public. */
const licenses: readonly (readonly [string, string, string, ((text: string) => boolean)?])[] = [
  [
    'DE',
    '[A-Z]\\d{2}[A-Z\\d]{6}\\d[A-Z\\d]',
    'fuehrerschein, fuehrerschein- nr, fuehrerscheinnummer, fuhrerschein, führerschein, fuhrerschein- nr, führerschein- nr, ' +
      'fuhrerscheinnummer, führerscheinnummer',
  ],
  [
    'ES',
    '\\d{8}-?[A-Z]',
    'carnet conducer, el carnet de conducer, licencia conducer, licencia de manejo, número carnet conducer, ' +
      'número de carnet de conducer, número de permiso conducer, número de permiso de conducer, número licencia conducer, ' +
      'número permiso conducer, permiso conducción, permiso conducer, permiso de conducción',
    isDni,
  ],
  ['FR', '\\d{12}', 'permis de conduire'],
  ['GB', '[A-Z9]{5}\\d[0156]\\d[0-3]\\d{2}[A-Z9]{2}[A-Z\\d][A-Z]{2}', englishLicense],
  [
    'IT',
    '[A-Z]{2}\\d{7}[A-Z]|U1[A-Z\\d]{7}[A-Z]',
    'patente di guida, patente di guida numero, patente guida, patente guida numero',
  ],
  // Letters and digits as most of the states have them.
  ['US', '[A-Z]\\d{7,14}|[A-Z]{2}\\d{6,7}|\\d{7,9}', englishLicense],
];

const passports: readonly (readonly [string, string, string, ((text: string) => boolean)?])[] = [
  ['CA', '[A-Z]{2}\\d{6}|[A-Z]\\d{6}[A-Z]{2}', 'passeport, passeport#, passport, passport#, passportno, passportno#'],
  [
    'DE',
    '[CFGHJK][CFGHJKLMNPRTVWXYZ\\d]{8}\\d?',
    'ausstellungsdatum, ausstellungsort, geburtsdatum, passport, passports, reisepass, reisepass–nr, reisepassnummer',
    isGermanDocument,
  ],
  [
    'ES',
    '[A-Z]{3}\\d{6}',
    'españa pasaporte, libreta pasaporte, número pasaporte, pasaporte, passport, passport book, passport no, ' +
      'passport number, spain passport',
  ],
  [
    'FR',
    '\\d{2}[A-Z]{2}\\d{5}',
    'numéro de passeport, passeport, passeport#, passeport #, passeportn °, passeport n °, passeportNon, passeport non',
  ],
  [
    'GB',
    '\\d{9}',
    'passeport #, passeport n °, passeportNon, passeport non, passeportn °, passport #, passport no, passport number, ' +
      'passport#, passportid',
  ],
  [
    'IT',
    '[A-Z]{2}\\d{7}',
    'italian passport number, numéro passeport, numéro passeport italien, passaporto, passaporto italiana, ' +
      'passaporto numero, passport number, repubblica italiana passaporto',
  ],
  ['US', '\\d{9}|[A-Z]\\d{8}', 'passport, travel document'],
];

const papers = (name: string, kinds: typeof licenses): (readonly [string, Detector])[] =>
  kinds.map(([country, form, words, isValid = () => true]) => [
    `${name}-${country}`,
    detect({ expression: whole(form), beside: keywords(words), isValid }),
  ]);

const month = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\\.?';
const day = '(?:0?[1-9]|[12]\\d|3[01])';
const monthNumber = '(?:0?[1-9]|1[0-2])';
const year = '(?:19|20)\\d{2}';
const dates = [
  `${year}(?:(?<a>[ /-])${monthNumber}\\k<a>${day}|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01]))`,
  `${day}(?<b>[ /-])${monthNumber}\\k<b>(?:${year}|\\d{2})`,
  `${monthNumber}(?<c>[ /-])${day}\\k<c>(?:${year}|\\d{2})`,
  `${day}[ /-]${month}[ /-](?:${year}|\\d{2})`,
  `${month} ${day},? ${year}`,
];

export const documents = (): readonly (readonly [string, Detector])[] => [
  [
    'DateOfBirth',
    detect({
      expression: whole(dates.join('|'), 'i'),
      beside: keywords('dob, date of birth, birthdate, birth date, birthday, b-day, bday'),
    }),
  ],
  ...papers('DriversLicense', licenses),
  ...papers('PassportNumber', passports),
  [
    'PermanentResidenceNumber-CA',
    detect({
      expression: whole('[A-Z]{2}\\d{7,10}|[A-Z]{2}-\\d{4}-\\d{3,6}'),
      beside: keywords(
        'carte résident permanent, numéro carte résident permanent, numéro résident permanent, permanent resident card, ' +
          'permanent resident card number, permanent resident no, permanent resident no., permanent resident number, pr no, ' +
          'pr no., pr non, pr number, résident permanent no., résident permanent non',
      ),
    }),
  ],
  [
    'VehicleIdentificationNumber',
    detect({
      // ISO 3779 and 3780: no I, O and Q, no 0 in front, the last four are digits.
      expression: whole('[A-HJ-NPR-Z1-9][A-HJ-NPR-Z\\d]{12}\\d{4}'),
      beside: keywords(
        'fahrgestellnummer, niv, numarul de identificare, numarul seriei de sasiu, serie sasiu, numer vin, ' +
          "número de identificação do veículo, número de identificación de automóviles, numéro d'identification du véhicule, " +
          'vehicle identification number, vin, vin numeris',
      ),
      isValid: (text) => /[A-Z]/.test(text) && /\d.*[A-Z]|[A-Z].*\d/.test(text),
    }),
  ],
];
