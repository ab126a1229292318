/** Detectors of numbers that states give to people and companies: identity, social security, taxes. Cards and papers are documents.ts. */
import {
  isCif,
  isCnpj,
  isCodiceFiscale,
  isCpf,
  isDni,
  isGermanDocument,
  isGermanTaxId,
  isLuhn,
  isNir,
  isSpanishSocialSecurity,
  isSpi,
  isUtr,
} from './checksums.ts';
import type { Detector } from './detectors.ts';
import { detect, keywords, whole } from './forms.ts';

/** France: sex, year, month, department, commune, order and key. */
export const nir = whole('[12][ .]?\\d{2}[ .]?\\d{2}[ .]?(?:\\d{2}|2[AB])[ .]?\\d{3}[ .]?\\d{3}[ .]?\\d{2}');

const brazilianTaxpayer =
  'cadastro de pessoas físicas, cadastro de pessoas fisicas, cadastro de pessoa física, cadastro de pessoa fisica, cpf';
const frenchId =
  'assurance sociale, carte nationale d’identité, cni, code sécurité sociale, french social security number, fssn#, insee, ' +
  "insurance number, national id number, nationalid#, numéro d'assurance, sécurité sociale, sécurité sociale non., " +
  'sécurité sociale numéro, social, social security, social security number, socialsecuritynumber, ss#, ssn, ssn#';
const spanishId =
  'dni, dni#, dninúmero#, documento nacional de identidad, identidad único, identidadúnico#, insurance number, ' +
  'national identification number, national identity, nationalid#, nationalidno#, número nacional identidad, ' +
  'personal identification number, personal identity no, unique identity number, uniqueid#';
const spanishTaxpayer =
  'cif, cif número, cifnúmero#, nie, nif, número de contribuyente, número de identidad de extranjero, ' +
  'número de identificación fiscal, número de impuesto corporativo, personal tax number, tax id, tax identification number, ' +
  'tax number, tin, tin#';

export const identity = (): readonly (readonly [string, Detector])[] => [
  [
    'Cnpj-BR',
    detect({
      expression: whole('\\d{2}\\.?\\d{3}\\.?\\d{3}/?\\d{4}-?\\d{2}'),
      beside: keywords('cadastro nacional da pessoa jurídica, cadastro nacional da pessoa juridica, cnpj'),
      isValid: isCnpj,
    }),
  ],
  [
    'CpfCode-BR',
    detect({
      expression: whole('\\d{3}\\.?\\d{3}\\.?\\d{3}-?\\d{2}'),
      beside: keywords(brazilianTaxpayer),
      isValid: isCpf,
    }),
  ],
  [
    'ElectoralRollNumber-GB',
    detect({
      expression: whole('[A-Z]{2}\\d{1,4}'),
      beside: keywords(
        'electoral#, electoral #, electoralnumber, electoral number, electoralroll#, electoral roll#, electoral roll #, ' +
          'electoral roll no., electoral roll number, electoralrollno',
      ),
    }),
  ],
  [
    'IndividualTaxIdentificationNumber-US',
    detect({
      expression: whole('9\\d{2}[ -]?(?:5\\d|6[0-5]|7\\d|8[0-8]|9[0-2]|9[4-9])[ -]?\\d{4}'),
      beside: keywords('individual taxpayer identification number, itin, i.t.i.n.'),
    }),
  ],
  ['InseeCode-FR', detect({ expression: nir, beside: keywords(frenchId), isValid: isNir })],
  [
    'NationalIdentificationNumber-DE',
    detect({
      expression: whole('[LMNPRTVWXY][CFGHJKLMNPRTVWXYZ\\d]{8}\\d?|T\\d{8}\\d?'),
      beside: keywords(
        'ausweisnummer, id number, identification number, identity number, insurance number, personal id, personalausweis',
      ),
      isValid: isGermanDocument,
    }),
  ],
  [
    'NationalIdentificationNumber-ES',
    detect({ expression: whole('\\d{8}-?[A-Z]'), beside: keywords(spanishId), isValid: isDni }),
  ],
  [
    'NationalIdentificationNumber-IT',
    detect({
      expression: whole('[A-Z]{6}\\d{2}[A-EHLMPR-T]\\d{2}[A-Z]\\d{3}[A-Z]'),
      beside: keywords(
        'codice fiscal, codice fiscale, dati anagrafici, ehic, health card, health insurance card, p. iva, partita i.v.a., ' +
          'personal data, tax code, tessera sanitaria',
      ),
      isValid: isCodiceFiscale,
    }),
  ],
  [
    'NationalInsuranceNumber-GB',
    detect({
      expression: whole('(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\\d{2} ?\\d{2} ?\\d{2} ?[A-D]'),
      beside: keywords(
        'insurance no., insurance number, insurance#, national insurance number, nationalinsurance#, ' +
          'nationalinsurancenumber, nin, nino',
      ),
    }),
  ],
  [
    'NieNumber-ES',
    detect({ expression: whole('[XYZ]-?\\d{7}-?[A-Z]'), beside: keywords(spanishTaxpayer), isValid: isDni }),
  ],
  [
    'NifNumber-ES',
    detect({
      expression: whole('\\d{8}-?[A-Z]|[KLM]\\d{7}[A-Z]'),
      beside: keywords(spanishTaxpayer),
      isValid: (text) => isDni(text.replace(/^[KLM]/, '')),
    }),
  ],
  [
    'RgNumber-BR',
    // Each state gives its own; this is the form of most.
    detect({ expression: whole('\\d{1,2}\\.?\\d{3}\\.?\\d{3}-?[\\dX]'), beside: keywords('registro geral, rg') }),
  ],
  [
    'SocialInsuranceNumber-CA',
    detect({
      expression: whole('[1-79]\\d{2}[ -]?\\d{3}[ -]?\\d{3}'),
      beside: keywords("canadian id, numéro d'assurance sociale, social insurance number, sin"),
      isValid: isLuhn,
    }),
  ],
  [
    'Ssn-ES',
    detect({
      expression: whole('\\d{2}[ /-]?\\d{7,8}[ /-]?\\d{2}'),
      beside: keywords(
        'número de la seguridad social, social security no., social security number, socialsecurityno#, ssn, ssn#',
      ),
      isValid: isSpanishSocialSecurity,
    }),
  ],
  [
    'TaxId-DE',
    detect({
      expression: whole('[1-9]\\d ?\\d{3} ?\\d{3} ?\\d{3}'),
      beside: keywords(
        'identifikationsnummer, steuer id, steueridentifikationsnummer, steuernummer, tax id, tax identification number, ' +
          'tax number',
      ),
      isValid: isGermanTaxId,
    }),
  ],
  [
    'TaxId-ES',
    detect({
      expression: whole('[ABCDEFGHJNPQRSUVW]-?\\d{7}-?[\\dA-J]'),
      beside: keywords(spanishTaxpayer),
      isValid: isCif,
    }),
  ],
  [
    'TaxId-FR',
    detect({
      expression: whole('[0-3]\\d ?\\d{2} ?\\d{3} ?\\d{3} ?\\d{3}'),
      beside: keywords("numéro d'identification fiscale, tax id, tax identification number, tax number, tin, tin#"),
      isValid: isSpi,
    }),
  ],
  [
    'TaxId-GB',
    detect({
      expression: whole('\\d{5} ?\\d{5}'),
      beside: keywords(
        'paye, tax id, tax id no., tax id number, tax identification, tax identification#, tax no., tax number, ' +
          'tax reference, tax#, taxid#, temporary reference number, tin, trn, unique tax reference, ' +
          'unique taxpayer reference, utr',
      ),
      isValid: isUtr,
    }),
  ],
];
