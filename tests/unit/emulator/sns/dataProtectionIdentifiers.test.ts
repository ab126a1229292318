/** Managed data identifiers: which are recognised, and of each what it finds and what it leaves. Numbers are the public examples. */
import { describe, expect, test } from 'vitest';
import {
  applyDataProtection,
  parseDataProtectionPolicy,
  recognisedDataIdentifiers,
  unrecognisedDataIdentifiers,
} from '../../../../src/emulator/sns/dataProtection.ts';

/** What masking with # leaves of a text. */
function masked(name: string, text: string): unknown {
  const policy = parseDataProtectionPolicy(
    JSON.stringify({
      Name: 'p',
      Version: '2021-06-01',
      Statement: [
        {
          DataDirection: 'Inbound',
          Principal: ['*'],
          DataIdentifier: [`arn:aws:dataprotection::aws:data-identifier/${name}`],
          Operation: { Deidentify: { MaskConfig: { MaskWithCharacter: '#' } } },
        },
      ],
    }),
  );
  const result = applyDataProtection(policy, 'Inbound', text);
  return 'denied' in result ? 'denied' : result.body;
}

const licensesWithoutForm = 'AT AU BE BG CA CY CZ DK EE FI GR HR HU IE LT LU LV MT NL PL PT RO SE SI SK'
  .split(' ')
  .map((country) => `DriversLicense-${country}`);

test('[SNS-84] all managed identifiers but these are recognised', () => {
  expect(unrecognisedDataIdentifiers()).toEqual(['Address', ...licensesWithoutForm, 'Name']);
  expect(recognisedDataIdentifiers()).toHaveLength(74);
});

test.each(['Address', 'Name', 'DriversLicense-FI'])('%s may be named and finds nothing', (name) => {
  const text = 'Ann Lee, 1 Main Street, Seattle, WA 98101, ajokortti 010190-123A';
  expect(masked(name, text)).toBe(text);
});

test.each(['EmailAdress', 'Ssn', 'Ssn-FR', 'PassportNumber', 'emailaddress'])(
  '[SNS-84] %s is none, and the policy is refused with its name',
  (name) => {
    expect(() => masked(name, 'x')).toThrow(
      'Invalid parameter: DataProtectionPolicy Reason: Statement 1: Unknown data identifier ' +
        `arn:aws:dataprotection::aws:data-identifier/${name}`,
    );
  },
);

/** Between the bars is what is found; a text without bars is left alone. */
const table: Readonly<Record<string, readonly string[]>> = {
  AwsSecretKey: [
    'secret key |wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY|',
    'aws_secret_access_key=|wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY|',
    '{"SecretAccessKey":"|wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY|"}',
    'checksum wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    'secret key wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEYz',
  ],
  OpenSshPrivateKey: [
    'x |-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaA==\n-----END OPENSSH PRIVATE KEY-----| y',
    '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaA==',
    '-----BEGIN PUBLIC KEY-----\nb3BlbnNzaA==\n-----END PUBLIC KEY-----',
  ],
  PgpPrivateKey: ['|-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQ\n=x\n-----END PGP PRIVATE KEY BLOCK-----|.'],
  PkcsPrivateKey: [
    '|-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----| and |-----BEGIN PRIVATE KEY-----\nMIIC\n-----END PRIVATE KEY-----|',
    '{"key":"|-----BEGIN EC PRIVATE KEY-----\\nMIID\\n-----END EC PRIVATE KEY-----|"}',
    '-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END EC PRIVATE KEY-----',
  ],
  PuttyPrivateKey: ['|PuTTY-User-Key-File-3: ssh-ed25519\nComment: me\nPrivate-Lines: 1\nAAAA\nPrivate-MAC: 0a1b2c|\n'],

  'BankAccountNumber-DE': [
    'iban |DE89370400440532013000|',
    'Kontonummer: |DE89 3704 0044 0532 0130 00|',
    'iban DE88370400440532013000',
    'order DE89370400440532013000',
    'iban GB82WEST12345698765432',
  ],
  'BankAccountNumber-ES': ['iban |ES9121000418450200051332|', 'número cuenta cliente |ES91 2100 0418 4502 0005 1332|'],
  'BankAccountNumber-FR': ['compte bancaire |FR1420041010050500013M02606|'],
  'BankAccountNumber-GB': ['account number |GB82WEST12345698765432|', '{"iban":"|GB82 WEST 1234 5698 7654 32|"}'],
  'BankAccountNumber-IT': ['codice bancario |IT60X0542811101000000123456|', 'IT60X0542811101000000123456'],
  'BankAccountNumber-US': ['checking account |000123456789|', 'account 000123456789', 'savings acct 12345'],
  CreditCardExpiration: ['expiry |09/27|', 'exp d |12/2027|', 'expiration 13/27', 'on 09/27', 'expires 09/27'],
  CreditCardMagneticStripe: [
    'swipe |%B4539894458086459^LEE/ANN^2712101000000000?|',
    'magstripe |;4539894458086459=27121010000000000?|',
    'swipe %B4539894458086458^LEE/ANN^2712101000000000?',
    'paid ;4539894458086459=27121010000000000?',
  ],
  CreditCardSecurityCode: ['cvv |123|', '{"cvc":"|1234|"}', 'cvv 12', 'room 123'],

  'DrugEnforcementAgencyNumber-US': ['DEA number |AB1234563|', 'DEA number AB1234564', 'AB1234563'],
  'HealthInsuranceCardNumber-EU': [
    'ehic |80276001010000000123|',
    "carte d'assurance maladie |80250000010000000123|",
    'ehic 90276001010000000123',
  ],
  'HealthInsuranceClaimNumber-US': ['hicn |123-45-6789A|', 'HIC no. |123456789C1|', 'hicn 123-45-6789'],
  'HealthInsuranceNumber-FR': ['carte vitale |184127645108946|', 'carte vitale 184127645108947'],
  'HealthcareProcedureCode-US': ['hcpcs |J1885|', 'current procedural terminology |99213|', 'part J1885'],
  'MedicareBeneficiaryNumber-US': ['mbi |1EG4-TE5-MK73|', 'Medicare beneficiary |1EG4TE5MK73|', 'mbi 1SG4-TE5-MK73'],
  'NationalDrugCode-US': ['ndc |0777-3105-02|', 'ndc |50242-040-62|', 'ndc 123-4567-89'],
  'NationalProviderId-US': ['npi |1234567893|', 'npi 1234567890', 'call 1234567893'],
  'NhsNumber-GB': ['NHS |943 476 5919|', 'national health service |9434765919|', 'NHS 943 476 5918'],
  'PersonalHealthNumber-CA': ['phn |9698 658 215|', 'MSP number |9698658215|', 'phn 9698658216'],

  'CepCode-BR': ['cep |01310-100|', 'código de endereçamento postal: |01310100|', '01310-100'],
  'Cnpj-BR': ['cnpj |11.222.333/0001-81|', 'CNPJ: |11222333000181|', 'cnpj 11.222.333/0001-82', '11222333000181'],
  'CpfCode-BR': ['cpf |529.982.247-25|', 'cpf |52998224725|', 'cpf 529.982.247-26', 'cpf 111.111.111-11'],
  DateOfBirth: [
    'dob |1990-02-28|',
    'birthday: |28/02/1990|, |2/28/90|',
    'date of birth |28 February 1990|',
    'born, b-day |Feb. 28, 1990|',
    '{"birthDate":"|19900228|"}',
    'dob 1990-13-45',
    'due 1990-02-28',
    'dob 28/02-1990',
  ],
  'DriversLicense-DE': ['Führerschein |B072RRE2I55|', 'Teil B072RRE2I55'],
  'DriversLicense-ES': ['permiso de conducción |12345678Z|', 'permiso de conducción 12345678A'],
  'DriversLicense-FR': ['permis de conduire |911092310146|'],
  'DriversLicense-GB': ["driver's licence |MORGA657054SM9IJ|", 'driving licence MORGA697054SM9IJ'],
  'DriversLicense-IT': ['patente di guida |RM1234567X|'],
  'DriversLicense-US': ["driver's license |D1234567|", 'drivers license |123456789|', 'part D1234567'],
  'ElectoralRollNumber-GB': ['electoral roll number |AB1234|', 'seat AB1234'],
  'IndividualTaxIdentificationNumber-US': ['itin |912-78-1234|', 'itin 912-66-1234', '912-78-1234'],
  'InseeCode-FR': ['insee |1 84 12 76 451 089 46|', 'sécurité sociale |184127645108946|', 'insee 184127645108945'],
  LatLong: [
    'location |41.948614,-87.655311|',
    'lat long |-33.8688, 151.2093|',
    'position 91.5,10.5',
    "location 41°56.9168'N 87°39.3187'W",
    'price 41.948614,-87.655311',
  ],
  'NationalIdentificationNumber-DE': [
    'Personalausweis |L01X00T471|',
    'Ausweisnummer |T220001293|',
    'Personalausweis L01X00T472',
  ],
  'NationalIdentificationNumber-ES': ['dni |12345678Z|', 'DNI: |12345678-Z|', 'dni 12345678A'],
  'NationalIdentificationNumber-IT': ['codice fiscale |RSSMRA85T10A562S|', 'codice fiscale RSSMRA85T10A562T'],
  'NationalInsuranceNumber-GB': [
    'nino |AB123456C|',
    'national insurance number |AB 12 34 56 C|',
    'nino QQ123456C',
    'nino BG123456C',
  ],
  'NieNumber-ES': ['nie |X1234567L|', 'nie X1234567M'],
  'NifNumber-ES': ['nif |12345678Z|', 'nif |K1234567L|', 'nif 12345678A'],
  'PassportNumber-CA': ['passport |AB123456|', 'ticket AB123456'],
  'PassportNumber-DE': ['Reisepass |C01X00T478|', 'Reisepass C01X00T477'],
  'PassportNumber-ES': ['pasaporte |AAA123456|'],
  'PassportNumber-FR': ['passeport |12AB34567|'],
  'PassportNumber-GB': ['passport number |123456789|', 'travel 123456789'],
  'PassportNumber-IT': ['passaporto |YA1234567|'],
  'PassportNumber-US': ['passport |123456789|', 'travel document |C12345678|', 'visa 123456789'],
  'PermanentResidenceNumber-CA': ['permanent resident card |RA0302123456|', 'PR no. |PA-0123-456|'],
  PhoneNumber: ['|+1 206 555 0123| or |+49 30 1234567|', 'fax |020 7946 0018|', 'order 02079460018'],
  'PhoneNumber-BR': ['|+55 11 91234-5678|', 'celular |(11) 91234-5678|', 'pedido (11) 91234-5678'],
  'PhoneNumber-DE': ['|+49 30 1234567|', 'tel |030 1234567|', 'nr 030 1234567'],
  'PhoneNumber-ES': ['|+34 612 34 56 78|', 'phone |612345678|', 'ref 612345678'],
  'PhoneNumber-FR': ['|+33 1 23 45 67 89|', '{"phone":"|01 23 45 67 89|"}', 'ref 01 23 45 67 89'],
  'PhoneNumber-GB': ['|+44 20 7946 0018|', 'mobile |07700 900123|', '+33 20 7946 0018'],
  'PhoneNumber-IT': ['|+39 06 1234 5678|', 'cell |333 123 4567|'],
  'PostalCode-CA': ['send to |K1A 0B1|', '|H2X1Y4| Montréal', 'D1A 0B1', 'K1A 0B12'],
  'RgNumber-BR': ['registro geral |12.345.678-9|', 'rg |1234567X|', 'org 12.345.678-9'],
  'SocialInsuranceNumber-CA': [
    'sin |130 692 544|',
    'social insurance number |130692544|',
    'sin 130 692 545',
    'since 130692544',
  ],
  'Ssn-ES': ['ssn |28/12345678/40|', 'número de la seguridad social |281234567840|', 'ssn 281234567841'],
  'TaxId-DE': ['Steuer ID |86 095 742 719|', 'steuernummer |86095742719|', 'Steuer ID 86095742718'],
  'TaxId-ES': ['cif |A58818501|', 'cif |A-58818501|', 'cif A58818502'],
  'TaxId-FR': ['tax id |30 23 217 600 053|', 'tax id 3023217600054'],
  'TaxId-GB': ['utr |1955839661|', 'unique taxpayer reference: |19558 39661|', 'utr 2955839661'],
  VehicleIdentificationNumber: [
    'vin |1HGCM82633A004352|',
    '{"vehicleIdentificationNumber":"|WVWZZZ1JZXW000001|"}',
    'vin 1HGCM82633A00435I',
    'vin 12345678901234567',
    'id 1HGCM82633A004352',
  ],
  'ZipCode-US': ['zip code |98101|', 'zipCode=|98101-1234|', 'code 98101', 'zip code 9810'],
};

describe.each(Object.entries(table))('%s', (name, lines) => {
  test.each(lines)('%s', (line) => {
    const expected = line.replaceAll(/\|([^|]*)\|/g, (_, found: string) => '#'.repeat([...found].length));
    expect(masked(name, line.replaceAll('|', ''))).toBe(expected);
  });
});

test('every recognised identifier has lines above, but for those that dataProtection.test.ts has', () => {
  const elsewhere = ['CreditCardNumber', 'EmailAddress', 'IpAddress', 'PhoneNumber-US', 'Ssn-US'];
  expect([...Object.keys(table), ...elsewhere].sort()).toEqual(recognisedDataIdentifiers());
});

test('hostile texts of a hundred thousand characters hold up no detector', () => {
  const texts = ['1', '1 ', '-----BEGIN PRIVATE KEY-----', 'A1', '0.0,', '123 ', 'AB12 ', '+49 ', '%B4'].map((one) =>
    one.repeat(Math.ceil(100_000 / one.length)),
  );
  for (const name of recognisedDataIdentifiers()) for (const text of texts) masked(name, text);
}, 60_000);
