/**
 * The managed data identifiers of SNS, and which of them this emulator recognises.
 *
 * A policy may name every one of them. Recognised are EmailAddress, CreditCardNumber, IpAddress, PhoneNumber-US and Ssn-US; the
 * others (names, addresses, keys, health and bank numbers, documents and phones of other countries) find nothing here, because
 * AWS tells them by learning or by rules that it does not publish.
 */
import { type Detector, findCreditCards, findEmails, findIpAddresses, findUsPhones, findUsSsns } from './detectors.ts';

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

const detectors: ReadonlyMap<string, Detector> = new Map([
  ['EmailAddress', findEmails],
  ['CreditCardNumber', findCreditCards],
  ['IpAddress', findIpAddresses],
  ['PhoneNumber-US', findUsPhones],
  ['Ssn-US', findUsSsns],
]);

const findNothing: Detector = () => [];

export const recognisedDataIdentifiers: readonly string[] = [...detectors.keys()];

export const isManaged = (name: string): boolean => names.has(name);

/** @param identifier the ARN of a managed one. @returns null for what is none */
export function detectorOf(identifier: string): Detector | null {
  const name = /^arn:aws[\w-]*:dataprotection::aws:data-identifier\/([\w-]+)$/.exec(identifier)?.[1];
  if (name === undefined || !isManaged(name)) return null;
  return detectors.get(name) ?? findNothing;
}
