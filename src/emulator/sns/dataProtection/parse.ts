/** Reading the text of a data protection policy. What it does to a message is ../dataProtection.ts. */
import { PolicyError } from '../../policy/index.ts';
import { type Principals, parsePrincipals } from '../../policy/principals.ts';
import { type Fields, quoted, readFields, readObject, readOptionalString, readStrings } from '../../policy/reading.ts';
import { invalidParameter } from '../errors.ts';
import { compileCustomPattern } from './customPattern.ts';
import type { Detector } from './detectors.ts';
import { detectorOf, isManaged } from './identifiers.ts';

export type DataDirection = 'Inbound' | 'Outbound';

export type Operation =
  | {
      readonly kind: 'Audit';
      /** Percent. */
      readonly sampleRate: number;
      /** Service and name, as `S3 bucket`. */
      readonly findingsDestinations: readonly string[];
      readonly noFindingsDestinations: readonly string[];
    }
  | { readonly kind: 'Deny' }
  /** One character, or nothing for redaction. */
  | { readonly kind: 'Deidentify'; readonly mask: string };

export interface DataIdentifier {
  /** `EmailAddress`, or that of a custom one. */
  readonly name: string;
  readonly find: Detector;
}

export interface DataProtectionStatement {
  readonly sid: string | null;
  readonly direction: DataDirection;
  readonly principals: Principals;
  readonly identifiers: readonly DataIdentifier[];
  /** Of all of them. */
  readonly find: Detector;
  readonly operation: Operation;
}

export interface DataProtectionPolicy {
  readonly name: string;
  readonly statements: readonly DataProtectionStatement[];
}

const mostBytes = 30_720;
const mostCustomIdentifiers = 10;
const mostPercent = 99;
const statementFields = ['Sid', 'DataDirection', 'Principal', 'DataIdentifier', 'Operation'];
/** What a masked character may become: letters, digits, space and symbols, but no quotes and no braces. */
const maskCharacter = /^[A-Za-z0-9 !#$%&()*+,./:;<=>?@[\\\]^_`|~-]$/;

/** @throws AwsError InvalidParameter with the first thing that is wrong, and where */
export function parseDataProtectionPolicy(text: string): DataProtectionPolicy {
  try {
    return read(text);
  } catch (thrown) {
    if (!(thrown instanceof PolicyError)) throw thrown;
    throw invalidParameter(`DataProtectionPolicy Reason: ${thrown.message}`);
  }
}

function read(text: string): DataProtectionPolicy {
  if (Buffer.byteLength(text, 'utf8') > mostBytes)
    throw new PolicyError('', `Policy is longer than ${mostBytes} bytes`);
  const fields = readFields(parseJson(text), '', ['Name', 'Description', 'Version', 'Statement', 'Configuration']);
  const name = readOptionalString(fields, 'Name', '');
  if (name === null || name === '') throw new PolicyError('', 'Missing required field Name');
  readOptionalString(fields, 'Description', '');
  if (fields.get('Version') !== '2021-06-01') throw new PolicyError('', 'Version must be 2021-06-01');
  const custom = readConfiguration(fields);
  const given = fields.get('Statement');
  if (!Array.isArray(given) || given.length === 0) {
    throw new PolicyError('', 'Statement must be a list of at least one statement');
  }
  const statements = given.map((statement, index) => readStatement(statement, `Statement ${index + 1}`, custom));
  if (statements.filter(({ operation }) => operation.kind === 'Audit').length > 1) {
    throw new PolicyError('', 'Only one Audit statement is allowed');
  }
  return { name, statements };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PolicyError('', 'Policy must be valid JSON');
  }
}

function readConfiguration(fields: Fields): ReadonlyMap<string, Detector> {
  const custom = new Map<string, Detector>();
  if (!fields.has('Configuration')) return custom;
  const configuration = readFields(fields.get('Configuration'), 'Configuration', ['CustomDataIdentifier']);
  const given = configuration.get('CustomDataIdentifier');
  if (!Array.isArray(given) || given.length > mostCustomIdentifiers) {
    throw new PolicyError('Configuration', `CustomDataIdentifier must be a list of at most ${mostCustomIdentifiers}`);
  }
  for (const [index, one] of given.entries()) {
    const where = `Configuration, CustomDataIdentifier ${index + 1}`;
    const identifier = readFields(one, where, ['Name', 'Regex']);
    const name = readOptionalString(identifier, 'Name', where) ?? '';
    const regex = readOptionalString(identifier, 'Regex', where) ?? '';
    if (!/^[\w-]{1,128}$/.test(name)) {
      throw new PolicyError(where, 'Name must be 1 to 128 letters, digits, underscores and hyphens');
    }
    if (isManaged(name) || custom.has(name)) throw new PolicyError(where, `Name ${name} is taken`);
    custom.set(name, compileCustomPattern(regex, where));
  }
  return custom;
}

function readStatement(value: unknown, where: string, custom: ReadonlyMap<string, Detector>): DataProtectionStatement {
  const fields = readFields(value, where, statementFields);
  const direction = fields.get('DataDirection');
  if (direction !== 'Inbound' && direction !== 'Outbound') {
    throw new PolicyError('', 'Statement DataDirection must be either Inbound or Outbound');
  }
  const operation = readOperation(fields, where);
  if (operation.kind === 'Audit' && direction === 'Outbound') {
    throw new PolicyError(where, 'Audit is for DataDirection Inbound only');
  }
  if (!fields.has('Principal')) throw new PolicyError(where, 'Missing required field Principal');
  const principals = readStrings(fields.get('Principal'), where, 'Principal');
  const identifiers = readIdentifiers(fields, where, custom);
  return {
    sid: readOptionalString(fields, 'Sid', where),
    direction,
    principals: parsePrincipals({ name: 'Principal', negated: false, value: { AWS: principals } }, where),
    identifiers,
    find: (body) => identifiers.flatMap(({ find }) => find(body)),
    operation,
  };
}

function readIdentifiers(
  fields: Fields,
  where: string,
  custom: ReadonlyMap<string, Detector>,
): readonly DataIdentifier[] {
  if (!fields.has('DataIdentifier')) throw new PolicyError(where, 'Missing required field DataIdentifier');
  const given = readStrings(fields.get('DataIdentifier'), where, 'DataIdentifier');
  if (given.length === 0) throw new PolicyError(where, 'DataIdentifier must hold at least one identifier');
  return given.map((identifier) => {
    const find = custom.get(identifier) ?? detectorOf(identifier);
    if (find !== null) return { name: identifier.slice(identifier.lastIndexOf('/') + 1), find };
    throw new PolicyError(where, `Unknown data identifier ${quoted(identifier)}`);
  });
}

function readOperation(statement: Fields, where: string): Operation {
  const fields = readFields(statement.get('Operation'), `${where}, Operation`, ['Audit', 'Deidentify', 'Deny']);
  const [entry, ...more] = fields;
  if (entry === undefined || more.length > 0) {
    throw new PolicyError(where, 'Operation must be exactly one of Audit, Deidentify and Deny');
  }
  const [kind, value] = entry;
  const at = `${where}, ${kind}`;
  if (kind === 'Audit') return readAudit(value, at);
  if (kind === 'Deidentify') return { kind, mask: readMask(value, at) };
  readFields(value, at, []);
  return { kind: 'Deny' };
}

function readMask(value: unknown, where: string): string {
  const fields = readFields(value, where, ['MaskConfig', 'RedactConfig']);
  if (fields.size !== 1) throw new PolicyError(where, 'One of MaskConfig and RedactConfig is needed');
  if (fields.has('RedactConfig')) {
    readFields(fields.get('RedactConfig'), `${where}, RedactConfig`, []);
    return '';
  }
  const mask = readFields(fields.get('MaskConfig'), `${where}, MaskConfig`, ['MaskWithCharacter']);
  const character = readOptionalString(mask, 'MaskWithCharacter', where);
  if (character !== null && maskCharacter.test(character)) return character;
  throw new PolicyError(where, 'MaskWithCharacter must be one letter, digit, space or symbol');
}

function readAudit(value: unknown, where: string): Operation {
  const fields = readFields(value, where, ['SampleRate', 'FindingsDestination', 'NoFindingsDestination']);
  const rate = fields.get('SampleRate') ?? mostPercent;
  if (!/^\d{1,2}$/.test(String(rate))) {
    throw new PolicyError(where, 'SampleRate must be an integer between 0 and 99');
  }
  const [findingsDestinations, noFindingsDestinations] = ['FindingsDestination', 'NoFindingsDestination'].map((name) =>
    fields.has(name) ? readDestinations(fields.get(name), `${where}, ${name}`) : [],
  ) as [readonly string[], readonly string[]];
  if (findingsDestinations.length + noFindingsDestinations.length === 0) {
    throw new PolicyError(where, 'FindingsDestination or NoFindingsDestination is needed');
  }
  return { kind: 'Audit', sampleRate: Number(rate), findingsDestinations, noFindingsDestinations };
}

/** A place to log to, by its service and the one thing that names it there. */
const destinationNames: ReadonlyMap<string, string> = new Map([
  ['CloudWatchLogs', 'LogGroup'],
  ['Firehose', 'DeliveryStream'],
  ['S3', 'Bucket'],
]);

function readDestinations(value: unknown, where: string): readonly string[] {
  const services = readFields(value, where, [...destinationNames.keys()]);
  if (services.size === 0) throw new PolicyError(where, 'CloudWatchLogs, Firehose or S3 is needed');
  return [...services].map(([service, place]) => {
    const field = destinationNames.get(service)!;
    const name = readOptionalString(readObject(place, `${where}, ${service}`), field, `${where}, ${service}`);
    if (name === null || name === '') throw new PolicyError(`${where}, ${service}`, `Missing required field ${field}`);
    if (service === 'CloudWatchLogs' && !name.startsWith('/aws/vendedlogs/')) {
      throw new PolicyError(`${where}, ${service}`, 'LogGroup must start with /aws/vendedlogs/');
    }
    return `${service} ${name}`;
  });
}
