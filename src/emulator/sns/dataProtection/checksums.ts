/** Check digits and letters of public numbering schemes. Each takes letters and digits without what may stand between them. */

const digitsOf = (text: string): number[] => [...text].map(Number);

/** The sum of the products, digit by digit. */
const weighed = (digits: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0);

/** The sum of the digits, every second one from the right doubled and its own digits added, ends in 0. */
export function isLuhn(digits: string): boolean {
  const sum = digitsOf(digits)
    .toReversed()
    .reduce((total, digit, index) => {
      const doubled = index % 2 === 0 ? digit : digit * 2;
      return total + (doubled > 9 ? doubled - 9 : doubled);
    }, 0);
  return sum % 10 === 0;
}

/** The rest of a number of any length. */
function remainder(digits: string, divisor: number): number {
  return digitsOf(digits).reduce((rest, digit) => (rest * 10 + digit) % divisor, 0);
}

/** ISO 13616: country and check digits behind, letters as 10 to 35, and the rest of division by 97 is 1. */
export function isIban(iban: string): boolean {
  const moved = `${iban.slice(4)}${iban.slice(0, 4)}`.toUpperCase();
  return (
    remainder(
      moved.replaceAll(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55)),
      97,
    ) === 1
  );
}

/** Brazil: two check digits, each over all digits before it. */
export function isCpf(digits: string): boolean {
  return !/^(\d)\1*$/.test(digits) && [9, 10].every((at) => elevens(digits, at, 11) === Number(digits[at]));
}

export function isCnpj(digits: string): boolean {
  return !/^(\d)\1*$/.test(digits) && [12, 13].every((at) => elevens(digits, at, 9) === Number(digits[at]));
}

/** Weights from 2 at the last digit before `at`, up to `most` and again from 2. */
function elevens(digits: string, at: number, most: number): number {
  const weights = Array.from({ length: at }, (_, index) => 2 + ((at - 1 - index) % (most - 1)));
  const rest = weighed(digits, weights) % 11;
  return rest < 2 ? 0 : 11 - rest;
}

/** Spain, DNI and NIE: the letter follows from the rest of division by 23. NIE begins with X, Y or Z for 0, 1 or 2. */
export function isDni(text: string): boolean {
  const digits = text.slice(0, -1).replace(/^[XYZ]/i, (letter) => String('XYZ'.indexOf(letter.toUpperCase())));
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[remainder(digits, 23)] === text.at(-1)!.toUpperCase();
}

/** Spain, NIF of a company: a digit or a letter, by the kind of company. */
export function isCif(text: string): boolean {
  const digits = digitsOf(text.slice(1, 8));
  const sum = digits.reduce((total, digit, index) => {
    const counted = index % 2 === 1 ? digit : digit * 2;
    return total + (counted > 9 ? counted - 9 : counted);
  }, 0);
  const check = (10 - (sum % 10)) % 10;
  const last = text[8]!.toUpperCase();
  if (/[KPQRSNW]/i.test(text[0]!)) return last === 'JABCDEFGHI'[check];
  if (/[ABEH]/i.test(text[0]!)) return last === String(check);
  return last === String(check) || last === 'JABCDEFGHI'[check];
}

/** Spain, social security: two digits are the rest of division by 97. */
export function isSpanishSocialSecurity(digits: string): boolean {
  const [province, number, check] = [digits.slice(0, 2), digits.slice(2, -2), digits.slice(-2)];
  const counted =
    Number(number) < 10_000_000 ? Number(number) + Number(province) * 10_000_000 : Number(province + number);
  return counted % 97 === Number(check);
}

/** France, NIR: the key is 97 less the rest of division by 97; Corsica's 2A and 2B count as 19 and 18. */
export function isNir(text: string): boolean {
  const digits = text.toUpperCase().replace('2A', '19').replace('2B', '18');
  return 97 - remainder(digits.slice(0, 13), 97) === Number(digits.slice(13));
}

/** France, SPI: the last three digits are the rest of division by 511. */
export const isSpi = (digits: string): boolean => remainder(digits.slice(0, 10), 511) === Number(digits.slice(10));

/** Germany, tax: ISO 7064 MOD 11,10, and of the first ten digits one appears two or three times. */
export function isGermanTaxId(digits: string): boolean {
  const counts = new Map<string, number>();
  for (const digit of digits.slice(0, 10)) counts.set(digit, (counts.get(digit) ?? 0) + 1);
  const repeated = [...counts.values()].filter((count) => count > 1);
  if (repeated.length !== 1 || repeated[0]! > 3) return false;
  const product = digitsOf(digits.slice(0, 10)).reduce((before, digit) => {
    const sum = (digit + before) % 10;
    return ((sum === 0 ? 10 : sum) * 2) % 11;
  }, 10);
  return (11 - product) % 10 === Number(digits[10]);
}

/** Germany, identity card and passport: weights 7, 3, 1; letters as 10 to 35. */
export function isGermanDocument(text: string): boolean {
  if (text.length === 9) return /\d/.test(text);
  const sum = [...text.slice(0, 9)].reduce(
    (total, character, index) => total + Number.parseInt(character, 36) * [7, 3, 1][index % 3]!,
    0,
  );
  return sum % 10 === Number(text[9]);
}

/** Italy, codice fiscale: characters at odd places count by a table of their own. */
export function isCodiceFiscale(text: string): boolean {
  const odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
  const numberOf = (character: string): number =>
    /\d/.test(character) ? Number(character) : character.toUpperCase().charCodeAt(0) - 65;
  const sum = [...text.slice(0, 15)].reduce(
    (total, character, index) => total + (index % 2 === 0 ? odd[numberOf(character)]! : numberOf(character)),
    0,
  );
  return String.fromCharCode(65 + (sum % 26)) === text[15]!.toUpperCase();
}

/** United Kingdom, UTR: the first digit checks the others. */
export function isUtr(digits: string): boolean {
  const rest = weighed(digits.slice(1), [6, 7, 8, 9, 10, 5, 4, 3, 2]) % 11;
  return '21987654321'[rest] === digits[0];
}

/** United Kingdom, NHS: weights 10 to 2, modulo 11. */
export function isNhsNumber(digits: string): boolean {
  const check = 11 - (weighed(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11);
  return (check === 11 ? 0 : check) === Number(digits[9]);
}

/** United States, DEA: twice the second, fourth and sixth digit and the others, and of the sum the last digit. */
export function isDeaNumber(text: string): boolean {
  return weighed(text.slice(2), [1, 2, 1, 2, 1, 2]) % 10 === Number(text[8]);
}

/** United States, NPI: Luhn with the prefix of health in the US before it. */
export const isNpi = (digits: string): boolean => isLuhn(`80840${digits}`);

/** Canada, PHN of British Columbia: begins with 9; modulo 11. */
export function isBritishColumbiaPhn(digits: string): boolean {
  const check = 11 - (weighed(digits.slice(1), [2, 4, 8, 5, 10, 9, 7, 3]) % 11);
  return check < 10 && check === Number(digits[9]);
}
