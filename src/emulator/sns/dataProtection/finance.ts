/** Detectors of financial data besides card numbers (detectors.ts): bank accounts, and what else is on a card. */
import { isIban, isLuhn } from './checksums.ts';
import type { Detector } from './detectors.ts';
import { detect, keywords, whole } from './forms.ts';

const account =
  'account code, account number, accountno#, accountnumber#, bban, customer account id, customer account number, customer bank account id, iban';

/** Length of an IBAN and keywords beyond those of every country. */
const ibans: Readonly<Record<string, readonly [number, string]>> = {
  DE: [22, 'bankleitzahl, geheimzahl, kartennummer, kontonummer, kreditkartennummer, sepa'],
  ES: [
    24,
    'código cuenta, código cuenta bancaria, cuenta cliente id, número cuenta bancaria cliente, número cuenta cliente',
  ],
  FR: [27, 'code bancaire, compte bancaire, numéro de compte'],
  GB: [22, 'sepa'],
  IT: [27, 'codice bancario, conto bancario, numero di conto'],
};

const usAccount =
  'bank account, bank acct, checking account, checking acct, deposit account, deposit acct, savings account, savings acct, ' +
  'chequing account, chequing acct';

export const finance = (): readonly (readonly [string, Detector])[] => [
  ...Object.entries(ibans).map(
    ([country, [length, more]]) =>
      [
        `BankAccountNumber-${country}`,
        detect({
          expression: whole(`${country}\\d{2}(?:[ -]?[A-Z\\d]){${length - 4}}`),
          beside: keywords(`${account}, ${more}`),
          isValid: isIban,
        }),
      ] as const,
  ),
  // There is no form but digits.
  ['BankAccountNumber-US', detect({ expression: whole('\\d{6,17}'), beside: keywords(usAccount) })],
  [
    'CreditCardExpiration',
    detect({
      expression: whole('(?:0[1-9]|1[0-2]) ?[/-] ?(?:20)?\\d{2}'),
      beside: keywords('exp d, exp m, exp y, expiration, expiry'),
    }),
  ],
  [
    'CreditCardMagneticStripe',
    detect({
      // Track 1 and track 2 of ISO 7813.
      expression: /%B\d{13,19}\^[^^?\r\n]{2,26}\^\d{7}[^?\r\n]{0,60}\?|;\d{13,19}=\d{7}\d{0,20}\?/g,
      beside: keywords('card data, iso7813, mag, magstripe, stripe, swipe'),
      isValid: (_, text) => isLuhn(/\d+/.exec(text)![0]),
    }),
  ],
  [
    'CreditCardSecurityCode',
    detect({
      expression: whole('\\d{3,4}'),
      beside: keywords(
        'card id, card identification code, card identification number, card security code, card validation code, ' +
          'card validation number, card verification data, card verification value, cvc, cvc2, cvv, cvv2, elo verification code',
      ),
    }),
  ],
];
