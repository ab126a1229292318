/**
 * The managed data identifiers of SNS, and which of them this emulator recognises.
 *
 * A policy may name every one of them. Recognised are those that AWS describes by a form, a check or keywords that are public; names and
 * addresses, which it tells by learning, and the driver's licenses of countries that publish no form find nothing here.
 */
import { type Detector, findCreditCards, findEmails, findIpAddresses, findUsSsns } from './detectors.ts';
import { documents } from './documents.ts';
import { finance } from './finance.ts';
import { anyOf } from './forms.ts';
import { health } from './health.ts';
import { identity } from './identity.ts';
import { findUsPhones, foreignPhones } from './phones.ts';
import { places } from './places.ts';
import { secrets } from './secrets.ts';

/** Countries behind the name, as in `Ssn-US`; none where it stands alone. */
const managed: Readonly<Record<string, string>> = {
  Address: '',
  AwsSecretKey: '',
  BankAccountNumber: 'DE ES FR GB IT US',
  CepCode: 'BR',
  Cnpj: 'BR',
  CpfCode: 'BR',
  CreditCardExpiration: '',
  CreditCardMagneticStripe: '',
  CreditCardNumber: '',
  CreditCardSecurityCode: '',
  DateOfBirth: '',
  DriversLicense: 'AT AU BE BG CA CY CZ DE DK EE ES FI FR GB GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK US',
  DrugEnforcementAgencyNumber: 'US',
  ElectoralRollNumber: 'GB',
  EmailAddress: '',
  HealthcareProcedureCode: 'US',
  HealthInsuranceCardNumber: 'EU',
  HealthInsuranceClaimNumber: 'US',
  HealthInsuranceNumber: 'FR',
  IndividualTaxIdentificationNumber: 'US',
  InseeCode: 'FR',
  IpAddress: '',
  LatLong: '',
  MedicareBeneficiaryNumber: 'US',
  Name: '',
  NationalDrugCode: 'US',
  NationalIdentificationNumber: 'DE ES IT',
  NationalInsuranceNumber: 'GB',
  NationalProviderId: 'US',
  NhsNumber: 'GB',
  NieNumber: 'ES',
  NifNumber: 'ES',
  OpenSshPrivateKey: '',
  PassportNumber: 'CA DE ES FR GB IT US',
  PermanentResidenceNumber: 'CA',
  PersonalHealthNumber: 'CA',
  PgpPrivateKey: '',
  PhoneNumber: 'BR DE ES FR GB IT US',
  PkcsPrivateKey: '',
  PostalCode: 'CA',
  PuttyPrivateKey: '',
  RgNumber: 'BR',
  SocialInsuranceNumber: 'CA',
  Ssn: 'ES US',
  TaxId: 'DE ES FR GB',
  VehicleIdentificationNumber: '',
  ZipCode: 'US',
};

const names: ReadonlySet<string> = new Set([
  ...Object.entries(managed).flatMap(([name, countries]) =>
    countries === '' ? [name] : countries.split(' ').map((country) => `${name}-${country}`),
  ),
  // Of every country.
  'PhoneNumber',
]);

/** Built when a policy first names one: hardly any run has a policy. */
let built: ReadonlyMap<string, Detector> | null = null;

function detectors(): ReadonlyMap<string, Detector> {
  if (built !== null) return built;
  const foreign = foreignPhones();
  built = new Map([
    ['EmailAddress', findEmails],
    ['CreditCardNumber', findCreditCards],
    ['IpAddress', findIpAddresses],
    ['PhoneNumber-US', findUsPhones],
    ['PhoneNumber', anyOf(findUsPhones, ...foreign.map(([, find]) => find))],
    ['Ssn-US', findUsSsns],
    ...foreign,
    ...secrets(),
    ...finance(),
    ...health(),
    ...identity(),
    ...documents(),
    ...places(),
  ]);
  return built;
}

const findNothing: Detector = () => [];

export const recognisedDataIdentifiers = (): readonly string[] => [...detectors().keys()].sort();

/** Those that a policy may name and that find nothing. */
export const unrecognisedDataIdentifiers = (): readonly string[] =>
  [...names].filter((name) => !detectors().has(name)).sort();

export const isManaged = (name: string): boolean => names.has(name);

/** @param identifier the ARN of a managed one. @returns null for what is none */
export function detectorOf(identifier: string): Detector | null {
  const name = /^arn:aws[\w-]*:dataprotection::aws:data-identifier\/([\w-]+)$/.exec(identifier)?.[1];
  if (name === undefined || !isManaged(name)) return null;
  return detectors().get(name) ?? findNothing;
}
