import { describe, expect, test } from 'vitest';
import { parseDataProtectionPolicy } from '../../../../src/emulator/sns/dataProtection.ts';

const id = (name: string): string => `arn:aws:dataprotection::aws:data-identifier/${name}`;
const statement = {
  Sid: 's',
  DataDirection: 'Inbound',
  Principal: ['*'],
  DataIdentifier: [id('EmailAddress')],
  Operation: { Deny: {} },
};
const policy = { Name: 'n', Description: 'd', Version: '2021-06-01', Statement: [statement] };
const audit = { Audit: { SampleRate: '99', FindingsDestination: { S3: { Bucket: 'b' } } } };

const parse = (value: unknown) => parseDataProtectionPolicy(JSON.stringify(value));
const withStatement = (changes: object) => ({ ...policy, Statement: [{ ...statement, ...changes }] });
const without = <T extends object>(value: T, name: keyof T) =>
  Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));
const custom = (...CustomDataIdentifier: unknown[]) => ({ ...policy, Configuration: { CustomDataIdentifier } });

test('a whole policy is read', () => {
  expect(parse(policy)).toMatchObject({
    name: 'n',
    statements: [{ sid: 's', direction: 'Inbound', operation: { kind: 'Deny' } }],
  });
});

describe('taken', () => {
  test.each<[string, unknown]>([
    ['no Description, no Sid', { ...without(policy, 'Description'), Statement: [without(statement, 'Sid')] }],
    [
      'one principal and one identifier without brackets',
      withStatement({ Principal: '*', DataIdentifier: id('Name') }),
    ],
    ['roles and sessions', withStatement({ Principal: ['arn:aws:iam::111111111111:role/r', '111111111111'] })],
    ['an identifier in another partition', withStatement({ DataIdentifier: [id('Name').replace('aws:', 'aws-cn:')] })],
    ['an audit', withStatement({ Operation: audit })],
    ['an audit of a number', withStatement({ Operation: { Audit: { ...audit.Audit, SampleRate: 0 } } })],
    [
      'an audit to everywhere',
      withStatement({
        Operation: {
          Audit: {
            FindingsDestination: {
              CloudWatchLogs: { LogGroup: '/aws/vendedlogs/x' },
              Firehose: { DeliveryStream: 'f' },
              S3: { Bucket: 'b' },
            },
            NoFindingsDestination: { S3: { Bucket: 'b' } },
          },
        },
      }),
    ],
    [
      'several denials and one audit',
      { ...policy, Statement: [statement, { ...statement, Operation: audit }, statement] },
    ],
    ['a custom identifier that nothing uses', custom({ Name: 'A_b-1', Regex: 'x' })],
    ['no custom identifiers', custom()],
  ])('%s', (_, value) => {
    expect(() => parse(value)).not.toThrow();
  });
});

describe('refused', () => {
  test.each<[string, unknown, string]>([
    ['another kind of JSON', [], 'This must be a JSON object'],
    ['an unknown field', { ...policy, Id: 'x' }, 'Unknown field Id'],
    ['no Name', without(policy, 'Name'), 'Missing required field Name'],
    ['an empty Name', { ...policy, Name: '' }, 'Missing required field Name'],
    ['a Name that is no text', { ...policy, Name: 1 }, 'Name must be a string'],
    ['no Version', without(policy, 'Version'), 'Version must be 2021-06-01'],
    ['the Version of another language', { ...policy, Version: '2012-10-17' }, 'Version must be 2021-06-01'],
    ['no Statement', without(policy, 'Statement'), 'Statement must be a list of at least one statement'],
    ['an empty Statement', { ...policy, Statement: [] }, 'Statement must be a list of at least one statement'],
    [
      'a Statement that is no list',
      { ...policy, Statement: statement },
      'Statement must be a list of at least one statement',
    ],
    ['a statement that is none', { ...policy, Statement: [null] }, 'Statement 1: This must be a JSON object'],
    [
      'an unknown field of the second',
      { ...policy, Statement: [statement, { ...statement, Effect: 'Deny' }] },
      'Statement 2: Unknown field Effect',
    ],
    [
      'no DataDirection',
      { ...policy, Statement: [without(statement, 'DataDirection')] },
      'Statement DataDirection must be either Inbound or Outbound',
    ],
    [
      'no Principal',
      { ...policy, Statement: [without(statement, 'Principal')] },
      'Statement 1: Missing required field Principal',
    ],
    ['nobody', withStatement({ Principal: [] }), 'Statement 1: Principal names nobody'],
    [
      'Principal by type',
      withStatement({ Principal: { AWS: '*' } }),
      'Statement 1: Principal must be a string or a list of strings',
    ],
    [
      'an unknown principal',
      withStatement({ Principal: ['ann'] }),
      'Statement 1: Invalid principal in policy: "AWS":"ann"',
    ],
    [
      'no DataIdentifier',
      { ...policy, Statement: [without(statement, 'DataIdentifier')] },
      'Statement 1: Missing required field DataIdentifier',
    ],
    [
      'no identifiers',
      withStatement({ DataIdentifier: [] }),
      'Statement 1: DataIdentifier must hold at least one identifier',
    ],
    [
      'an unknown ARN',
      withStatement({ DataIdentifier: [id('ShoeSize')] }),
      `Statement 1: Unknown data identifier ${id('ShoeSize')}`,
    ],
    [
      'no such country',
      withStatement({ DataIdentifier: [id('Ssn-DE')] }),
      `Statement 1: Unknown data identifier ${id('Ssn-DE')}`,
    ],
    [
      'a missing country',
      withStatement({ DataIdentifier: [id('Ssn')] }),
      `Statement 1: Unknown data identifier ${id('Ssn')}`,
    ],
    [
      'a managed one by its name alone',
      withStatement({ DataIdentifier: ['Name'] }),
      'Statement 1: Unknown data identifier Name',
    ],
    [
      'no Operation',
      { ...policy, Statement: [without(statement, 'Operation')] },
      'Statement 1, Operation: This must be a JSON object',
    ],
    [
      'an empty Operation',
      withStatement({ Operation: {} }),
      'Statement 1: Operation must be exactly one of Audit, Deidentify and Deny',
    ],
    [
      'two operations',
      withStatement({ Operation: { Deny: {}, ...audit } }),
      'Statement 1: Operation must be exactly one of Audit, Deidentify and Deny',
    ],
    [
      'an unknown operation',
      withStatement({ Operation: { Allow: {} } }),
      'Statement 1, Operation: Unknown field Allow',
    ],
    ['Deny with something', withStatement({ Operation: { Deny: { a: 1 } } }), 'Statement 1, Deny: Unknown field a'],
    ['Deny of true', withStatement({ Operation: { Deny: true } }), 'Statement 1, Deny: This must be a JSON object'],
    [
      'Deidentify of nothing',
      withStatement({ Operation: { Deidentify: {} } }),
      'Statement 1, Deidentify: One of MaskConfig and RedactConfig is needed',
    ],
    [
      'Deidentify of both',
      withStatement({ Operation: { Deidentify: { RedactConfig: {}, MaskConfig: { MaskWithCharacter: '#' } } } }),
      'Statement 1, Deidentify: One of MaskConfig and RedactConfig is needed',
    ],
    [
      'RedactConfig with something',
      withStatement({ Operation: { Deidentify: { RedactConfig: { x: 1 } } } }),
      'Statement 1, Deidentify, RedactConfig: Unknown field x',
    ],
    ...['', '##', '"', "'", '{', '}', 'é', '\n'].map((character): [string, unknown, string] => [
      `the mask ${JSON.stringify(character)}`,
      withStatement({ Operation: { Deidentify: { MaskConfig: { MaskWithCharacter: character } } } }),
      'Statement 1, Deidentify: MaskWithCharacter must be one letter, digit, space or symbol',
    ]),
    [
      'MaskConfig without a mask',
      withStatement({ Operation: { Deidentify: { MaskConfig: {} } } }),
      'Statement 1, Deidentify: MaskWithCharacter must be one letter, digit, space or symbol',
    ],
    [
      'an audit of what is delivered',
      withStatement({ DataDirection: 'Outbound', Operation: audit }),
      'Statement 1: Audit is for DataDirection Inbound only',
    ],
    [
      'two audits',
      {
        ...policy,
        Statement: [
          { ...statement, Operation: audit },
          { ...statement, Operation: audit },
        ],
      },
      'Only one Audit statement is allowed',
    ],
    [
      'a SampleRate of all',
      withStatement({ Operation: { Audit: { ...audit.Audit, SampleRate: '100' } } }),
      'Statement 1, Audit: SampleRate must be an integer between 0 and 99',
    ],
    [
      'a broken SampleRate',
      withStatement({ Operation: { Audit: { ...audit.Audit, SampleRate: 1.5 } } }),
      'Statement 1, Audit: SampleRate must be an integer between 0 and 99',
    ],
    [
      'an audit to nowhere',
      withStatement({ Operation: { Audit: { SampleRate: '1' } } }),
      'Statement 1, Audit: FindingsDestination or NoFindingsDestination is needed',
    ],
    [
      'an empty destination',
      withStatement({ Operation: { Audit: { FindingsDestination: {} } } }),
      'Statement 1, Audit, FindingsDestination: CloudWatchLogs, Firehose or S3 is needed',
    ],
    [
      'a bucket without a name',
      withStatement({ Operation: { Audit: { FindingsDestination: { S3: {} } } } }),
      'Statement 1, Audit, FindingsDestination, S3: Missing required field Bucket',
    ],
    [
      "a log group of one's own",
      withStatement({ Operation: { Audit: { NoFindingsDestination: { CloudWatchLogs: { LogGroup: 'mine' } } } } }),
      'Statement 1, Audit, NoFindingsDestination, CloudWatchLogs: LogGroup must start with /aws/vendedlogs/',
    ],
    ['another Configuration', { ...policy, Configuration: { Custom: [] } }, 'Configuration: Unknown field Custom'],
    [
      'a Configuration of nothing',
      { ...policy, Configuration: {} },
      'Configuration: CustomDataIdentifier must be a list of at most 10',
    ],
    [
      'eleven custom identifiers',
      custom(...Array.from({ length: 11 }, (_, index) => ({ Name: `n${index}`, Regex: 'x' }))),
      'Configuration: CustomDataIdentifier must be a list of at most 10',
    ],
    [
      'a name with a dot',
      custom({ Name: 'a.b', Regex: 'x' }),
      'Configuration, CustomDataIdentifier 1: Name must be 1 to 128 letters, digits, underscores and hyphens',
    ],
    [
      'the name of a managed one',
      custom({ Name: 'EmailAddress', Regex: 'x' }),
      'Configuration, CustomDataIdentifier 1: Name EmailAddress is taken',
    ],
    [
      'a name twice',
      custom({ Name: 'n', Regex: 'x' }, { Name: 'n', Regex: 'y' }),
      'Configuration, CustomDataIdentifier 2: Name n is taken',
    ],
    [
      'no Regex',
      custom({ Name: 'n' }),
      'Configuration, CustomDataIdentifier 1: Regex must be 1 to 200 characters long',
    ],
  ])('%s', (_, value, reason) => {
    expect(() => parse(value)).toThrow(
      expect.objectContaining({
        queryCode: 'InvalidParameter',
        message: `Invalid parameter: DataProtectionPolicy Reason: ${reason}`,
      }),
    );
  });

  test('what is no JSON', () => {
    expect(() => parseDataProtectionPolicy('{')).toThrow('DataProtectionPolicy Reason: Policy must be valid JSON');
  });

  test('fields that every object has', () => {
    expect(() => parseDataProtectionPolicy('{"__proto__":{"Name":"n"},"Version":"2021-06-01"}')).toThrow(
      'Unknown field __proto__',
    );
  });

  test('more than 30,720 bytes', () => {
    const padded = (bytes: number) => {
      const text = JSON.stringify({ ...policy, Description: '' });
      return text.replace('"Description":""', `"Description":"${'é'.repeat((bytes - text.length) / 2)}"`);
    };
    const least = JSON.stringify({ ...policy, Description: '' }).length % 2;
    expect(Buffer.byteLength(padded(30_720 - least))).toBe(30_720 - least);
    expect(() => parseDataProtectionPolicy(padded(30_720 - least))).not.toThrow();
    expect(() => parseDataProtectionPolicy(padded(30_722 - least))).toThrow('Policy is longer than 30720 bytes');
  });

  test('depth without end', () => {
    const deep = '['.repeat(10_000) + ']'.repeat(10_000);
    expect(() => parseDataProtectionPolicy(`{"Name":${deep}}`)).toThrow('Name must be a string');
  });
});
