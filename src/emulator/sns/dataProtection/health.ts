/** Detectors of health data: numbers of insurances, patients and providers, codes of drugs and procedures. */
import { isBritishColumbiaPhn, isDeaNumber, isNhsNumber, isNir, isNpi } from './checksums.ts';
import type { Detector } from './detectors.ts';
import { detect, keywords, whole } from './forms.ts';
import { nir } from './identity.ts';

const europeanCard =
  "assicurazione sanitaria numero, carta assicurazione numero, carte d’assurance maladie, carte européenne d'assurance maladie, " +
  'ceam, ehic, ehic#, finlandehicnumber#, gesundheitskarte, hälsokort, health card, health card number, health insurance card, ' +
  'health insurance number, insurance card number, krankenversicherungskarte, krankenversicherungsnummer, ' +
  'medical account number, numero conto medico, numéro d’assurance maladie, numéro de carte d’assurance, ' +
  'numéro de compte medical, número de cuenta médica, número de seguro de salud, número de tarjeta de seguro, ' +
  'sairaanhoitokortin, sairausvakuutuskortti, sairausvakuutusnumero, sjukförsäkring nummer, sjukförsäkringskort, ' +
  'suomi ehic-numero, tarjeta de salud, terveyskortti, tessera sanitaria assicurazione numero, versicherungsnummer';

/** Letters of Medicare's numbers: none that look like digits. */
const mbiLetter = '[AC-HJKMNP-RT-Y]';
const mbiAny = '[\\dAC-HJKMNP-RT-Y]';

export const health = (): readonly (readonly [string, Detector])[] => [
  [
    'DrugEnforcementAgencyNumber-US',
    detect({
      expression: whole('[ABCDEFGHJKLMPRSTUX][A-Z9]\\d{7}'),
      beside: keywords('dea number, dea registration'),
      isValid: isDeaNumber,
    }),
  ],
  [
    'HealthInsuranceCardNumber-EU',
    // 80 is health in ISO 7812, then the country.
    detect({ expression: whole('80(?:[ -]?\\d){18}'), beside: keywords(europeanCard) }),
  ],
  [
    'HealthInsuranceClaimNumber-US',
    detect({
      expression: whole('(?!000|666|9)\\d{3}-?(?!00)\\d{2}-?(?!0000)\\d{4}-?[A-Z][A-Z\\d]?'),
      beside: keywords('health insurance claim number, hic no, hic no., hic number, hic#, hicn, hicn#., hicno#'),
    }),
  ],
  [
    'HealthInsuranceNumber-FR',
    detect({
      expression: nir,
      beside: keywords("carte d'assuré social, carte vitale, insurance card"),
      isValid: isNir,
    }),
  ],
  [
    'HealthcareProcedureCode-US',
    detect({
      expression: whole('[A-V]\\d{4}|\\d{4}[\\dFTU]'),
      beside: keywords('current procedural terminology, hcpcs, healthcare common procedure coding system'),
    }),
  ],
  [
    'MedicareBeneficiaryNumber-US',
    detect({
      expression: whole(`[1-9]${mbiLetter}${mbiAny}\\d-?${mbiLetter}${mbiAny}\\d-?${mbiLetter}${mbiLetter}\\d{2}`),
      beside: keywords('mbi, medicare beneficiary'),
    }),
  ],
  [
    'NationalDrugCode-US',
    detect({
      expression: whole('\\d{4}-\\d{4}-\\d{2}|\\d{5}-\\d{3}-\\d{2}|\\d{5}-\\d{4}-\\d{1,2}'),
      beside: keywords('national drug code, ndc'),
    }),
  ],
  [
    'NationalProviderId-US',
    detect({
      expression: whole('[12]\\d{9}'),
      beside: keywords('hipaa, n.p.i, national provider, npi'),
      isValid: isNpi,
    }),
  ],
  [
    'NhsNumber-GB',
    detect({
      expression: whole('\\d{3}[ -]?\\d{3}[ -]?\\d{4}'),
      beside: keywords('national health service, NHS'),
      isValid: isNhsNumber,
    }),
  ],
  [
    'PersonalHealthNumber-CA',
    // British Columbia's, the one with a check that is public.
    detect({
      expression: whole('9\\d{3}[ -]?\\d{3}[ -]?\\d{3}'),
      beside: keywords('canada healthcare number, msp number, personal healthcare number, phn, soins de santé'),
      isValid: isBritishColumbiaPhn,
    }),
  ],
];
