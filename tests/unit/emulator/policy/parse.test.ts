import { describe, expect, test } from 'vitest';
import { PolicyError, parsePolicy, policyCounts } from '../../../../src/emulator/policy/index.ts';
import { callers, policyText, queueArn, statement, verdict } from './policies.ts';

function problem(text: string): string {
  try {
    parsePolicy(text);
  } catch (error) {
    if (error instanceof PolicyError) return error.message;
    throw error;
  }
  return 'accepted';
}

const withStatements = (...statements: unknown[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

describe('parsePolicy refuses, naming the place', () => {
  test.each([
    ['nothing', '', "Policies must be valid JSON and the first byte must be '{'"],
    ['half a document', '{"Statement":', "Policies must be valid JSON and the first byte must be '{'"],
    ['a list', '[]', 'This must be a JSON object'],
    ['null', 'null', 'This must be a JSON object'],
    ['no Statement', '{"Version":"2012-10-17"}', 'Missing required field Statement'],
    ['an empty Statement list', withStatements(), 'Statement must hold at least one statement'],
    ['a statement that is none', withStatements(statement, 'x'), 'Statement 2: This must be a JSON object'],
    ['a Statement of null', '{"Statement":null}', 'Statement 1: This must be a JSON object'],
    ['an Id of another type', '{"Id":7,"Statement":[]}', 'Id must be a string'],
    ['an element nobody knows', '{"Statements":[]}', 'Unknown field Statements'],
    ['a misspelt element', policyText({ action: 'sqs:*' }), 'Statement 1: Unknown field action'],
    ['the same Sid twice', withStatements({ ...statement, Sid: 'a' }, { ...statement, Sid: 'a' }), /must be unique$/],
    ['a Sid of another type', policyText({ Sid: 1 }), 'Statement 1: Sid must be a string'],
  ])('%s', (_, text, message) => {
    expect(problem(text)).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
  });

  test.each([['2013-01-01'], [''], [null], [20121017]])('version %j', (version) => {
    expect(problem(JSON.stringify({ Version: version, Statement: statement }))).toMatch(
      /^The policy must contain a valid version string/,
    );
  });

  test.each([
    [{ Effect: undefined }, 'Missing required field Effect'],
    [{ Effect: 'Permit' }, 'Invalid effect: Permit'],
    [{ Effect: 'allow' }, 'Invalid effect: allow'],
    [{ Effect: ['Allow'] }, 'Effect must be a string'],
    [{ Principal: undefined }, 'Missing required field Principal'],
    [{ NotPrincipal: '*' }, 'Principal and NotPrincipal exclude each other'],
    [{ Principal: undefined, NotPrincipal: { AWS: '222222222222' } }, 'Allow with NotPrincipal is not allowed'],
    [{ Action: undefined }, 'Policy statement must contain actions'],
    [{ Action: [] }, 'Policy statement must contain actions'],
    [{ NotAction: 'sqs:*' }, 'Action and NotAction exclude each other'],
    [{ Action: { sqs: '*' } }, 'Action must be a string or a list of strings'],
    [{ Action: null }, 'Action must be a string or a list of strings'],
    [{ Action: ['sqs:SendMessage', 3] }, 'Action must be a string or a list of strings'],
    [{ NotResource: '*' }, 'Resource and NotResource exclude each other'],
    [{ Resource: [] }, 'Policy statement must contain resources'],
    [{ Resource: 'orders' }, 'Resource orders must be in ARN format or "*"'],
    [{ Condition: [] }, 'Condition: This must be a JSON object'],
    [{ Condition: { StringEquals: 'x' } }, 'Condition, StringEquals: This must be a JSON object'],
    [{ Condition: { StringEquals: { k: [] } } }, 'Condition, StringEquals, k: A condition needs a value'],
    [
      { Condition: { StringEquals: { k: [null] } } },
      'Condition, StringEquals, k: A value must be a string, a number or a Boolean',
    ],
  ])('%j', (changes, reason) => {
    const text = policyText(changes);
    // An element of the statement is told after a colon, one below Condition after a comma.
    expect(problem(text)).toBe(`Statement 1${reason.startsWith('Condition') ? ', ' : ': '}${reason}`);
  });

  test.each(['SendMessage', 'sqs:', ':SendMessage', 'sqs:Send Message', 's*s:SendMessage', 'sqs:a:b', '', '**'])(
    'action %j',
    (action) => {
      expect(problem(policyText({ Action: action }))).toBe(
        `Statement 1: Actions/Conditions must be prefaced by a vendor, e.g., sqs, sns: ${action}`,
      );
    },
  );

  test.each([
    'StringEqual',
    'stringequals',
    'NullIfExists',
    'IfExists',
    'StringEqualsIfExistsIfExists',
    'ForSomeValues:StringEquals',
    'ForAllValues:',
    'ForAllValues:ForAnyValue:StringEquals',
    '',
    'constructor',
    '__proto__',
  ])('condition operator %j', (operator) => {
    const condition = JSON.parse(`{${JSON.stringify(operator)}:{"aws:SourceArn":"x"}}`);
    expect(problem(policyText({ Condition: condition }))).toBe(
      `Statement 1, Condition: Invalid Condition type : ${operator}`,
    );
  });

  test.each([
    ['222222222222', 'Invalid principal in policy: 222222222222'],
    [{}, 'Principal names nobody'],
    [{ AWS: [] }, 'Principal names nobody'],
    [{ AWS: 222222222222 }, 'Principal must hold strings or lists of strings'],
    [{ AWS: '22222222222' }, 'Invalid principal in policy: "AWS":"22222222222"'],
    [{ AWS: 'arn:aws:iam::222222222222:*' }, 'Invalid principal in policy: "AWS":"arn:aws:iam::222222222222:*"'],
    [{ AWS: 'arn:aws:iam::222222222222:user/*' }, /"AWS":"arn:aws:iam::222222222222:user\/\*"$/],
    [{ AWS: 'arn:aws:iam::222222222222:group/g' }, /group\/g"$/],
    [{ AWS: 'arn:aws:iam::222222222222:user/' }, /user\/"$/],
    [{ AWS: 'AIDAEXAMPLE' }, /"AWS":"AIDAEXAMPLE"$/],
    [{ Service: '*' }, 'Invalid principal in policy: "Service":"*"'],
    [{ Service: 'sns' }, 'Invalid principal in policy: "Service":"sns"'],
    [{ CanonicalUser: 'x' }, 'Invalid principal in policy: "CanonicalUser":"x"'],
    [['*'], /This must be a JSON object$/],
  ])('principal %j', (principal, reason) => {
    const message = problem(policyText({ Principal: principal }));
    if (typeof reason === 'string') expect(message).toBe(`Statement 1: ${reason}`);
    else expect(message).toMatch(reason);
  });

  test('a long text is quoted in part', () => {
    const message = problem(policyText({ Effect: 'x'.repeat(30_000) }));
    expect(message.length).toBeLessThan(200);
    expect(message).toMatch(/x\.\.\.$/);
  });
});

describe('parsePolicy accepts', () => {
  test.each([
    ['one statement without brackets', policyText()],
    ['no Version', JSON.stringify({ Id: 'some id', Statement: [statement] })],
    ['the older version', policyText({}, '2008-10-17')],
    ['any vendor', policyText({ Action: ['SQS:SendMessage', 'sns:Publish', 's3:*', '*'] })],
    ['no Resource', policyText({ Resource: undefined })],
    ['an empty Condition', policyText({ Condition: { StringEquals: {} } })],
    ['different Sids and none', withStatements({ ...statement, Sid: 'a' }, { ...statement, Sid: 'b' }, statement)],
    [
      'numbers and Booleans as values',
      policyText({ Condition: { Bool: { a: true }, NumericEquals: { b: [1, '2'] } } }),
    ],
    ['a federated principal', policyText({ Principal: { Federated: 'accounts.google.com' } })],
  ])('%s', (_, text) => {
    expect(problem(text)).toBe('accepted');
  });

  test('what stands beside the statements is kept', () => {
    const policy = parsePolicy(JSON.stringify({ Id: 'queue/policy', Statement: { ...statement, Sid: 'senders' } }));
    expect(policy).toMatchObject({ version: '2008-10-17', id: 'queue/policy' });
    expect(policy.statements.map(({ sid, effect }) => [sid, effect])).toEqual([['senders', 'Allow']]);
  });
});

describe('policyCounts', () => {
  test('one statement is one of each', () => {
    expect(policyCounts(parsePolicy(policyText()))).toEqual({
      statements: 1,
      principals: 1,
      conditions: 0,
      actionsPerStatement: 1,
    });
  });

  test('principals and conditions over all statements, repeats too; actions of the statement with most', () => {
    const text = withStatements(
      {
        ...statement,
        Principal: { AWS: ['222222222222', '222222222222', '*'], Service: 'sns.amazonaws.com', Federated: 'a.b' },
        Action: ['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage'],
        Condition: { StringEquals: { a: ['1', '2'], b: '3' }, Bool: { 'aws:SecureTransport': 'true' } },
      },
      {
        Effect: 'Deny',
        NotPrincipal: { AWS: ['222222222222', '333333333333'] },
        NotAction: ['sqs:*', 'sns:*'],
        Resource: '*',
        Condition: { Null: { c: 'true' } },
      },
      { ...statement, Principal: '*' },
    );
    expect(policyCounts(parsePolicy(text))).toEqual({
      statements: 3,
      principals: 8,
      conditions: 4,
      actionsPerStatement: 3,
    });
  });
});

describe('text that means harm', () => {
  test.each(['__proto__', 'constructor', 'toString'])('%s is a field like another', (name) => {
    expect(problem(`{"${name}":{"Statement":[]}}`)).toBe(`Unknown field ${name}`);
    expect(problem(policyText().replace('"Effect"', `"${name}":1,"Effect"`))).toBe(
      `Statement 1: Unknown field ${name}`,
    );
    expect(problem(policyText({ Principal: JSON.parse(`{"${name}":"222222222222"}`) }))).toBe(
      `Statement 1: Invalid principal in policy: "${name}":"222222222222"`,
    );
  });

  test('elements inherited from a __proto__ key do not count', () => {
    const inherited = JSON.stringify({ Effect: 'Allow', Principal: '*', Action: '*' });
    expect(problem(`{"Statement":{"__proto__":${inherited}}}`)).toBe('Statement 1: Unknown field __proto__');
  });

  test.each([
    ['Statement', (deep: string) => `{"Statement":${deep}}`],
    ['Principal', (deep: string) => policyText({ Principal: 'HERE' }).replace('"HERE"', deep)],
    ['Action', (deep: string) => policyText({ Action: 'HERE' }).replace('"HERE"', deep)],
    ['Condition', (deep: string) => policyText({ Condition: 'HERE' }).replace('"HERE"', `{"Bool":{"k":${deep}}}`)],
  ])('nesting without end in %s is refused, not followed', (_, around) => {
    const depth = 100_000;
    const lists = '['.repeat(depth) + ']'.repeat(depth);
    const objects = `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
    expect(() => parsePolicy(around(lists))).toThrow(PolicyError);
    expect(() => parsePolicy(around(objects))).toThrow(PolicyError);
  });

  test('one of many actions, resources and principals is found', () => {
    const numbers = Array.from({ length: 1_000 }, (_, index) => String(index));
    const text = policyText({
      Principal: { AWS: [...numbers.map((number) => number.padStart(12, '9')), '222222222222'] },
      Action: [...numbers.map((number) => `sqs:A${number}`), 'sqs:SendMessage'],
      Resource: [...numbers.map((number) => `arn:aws:sqs:us-east-1:111111111111:q${number}`), queueArn],
    });
    expect(verdict(text)).toBe('allow');
    expect(verdict(text, { principal: callers.otherAccount })).toBe('neutral');
  });
});
