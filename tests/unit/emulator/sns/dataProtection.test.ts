import { describe, expect, test } from 'vitest';
import {
  applyDataProtection,
  type DataDirection,
  dataProtectionOf,
  parseDataProtectionPolicy,
  setDataProtectionPolicy,
} from '../../../../src/emulator/sns/dataProtection.ts';
import { sns, testCloud, topicArn } from './harness.ts';

const id = (name: string): string => `arn:aws:dataprotection::aws:data-identifier/${name}`;
const deny = { Deny: {} };
const redact = { Deidentify: { RedactConfig: {} } };
const mask = (MaskWithCharacter = '#') => ({ Deidentify: { MaskConfig: { MaskWithCharacter } } });

interface Statement {
  readonly direction?: DataDirection;
  readonly principal?: readonly string[];
  readonly find: readonly string[];
  readonly operation: object;
}

const written = (statements: readonly Statement[], more: object = {}): string =>
  JSON.stringify({
    Name: 'policy',
    Version: '2021-06-01',
    Statement: statements.map(({ direction = 'Inbound', principal = ['*'], find, operation }) => ({
      DataDirection: direction,
      Principal: principal,
      DataIdentifier: find.map((name) => (/^[A-Z]\w*-own$/.test(name) ? name : id(name))),
      Operation: operation,
    })),
    ...more,
  });
const policyOf = (...statements: readonly Statement[]) => parseDataProtectionPolicy(written(statements));

/** What redaction leaves of a text. */
const redacted = (name: string, body: string): unknown =>
  applyDataProtection(policyOf({ find: [name], operation: redact }), 'Inbound', body);

describe('what is recognised', () => {
  test.each([
    ['to: ann@example.com', 'to: '],
    ['<Ann.O_Hara+shop%1-x@mail.example.co.uk>', '<>'],
    ['ann@example.com, bob@example.org.', ', .'],
    ['{"mail":"ANN@EXAMPLE.COM"}', '{"mail":""}'],
    ['.ann@example.com', '.'],
    ['ann@example', 'ann@example'],
    ['ann@-example.com', 'ann@-example.com'],
    ['@example.com', '@example.com'],
    ['ann@example.c', 'ann@example.c'],
    ['ann at example.com', 'ann at example.com'],
    [`${'x'.repeat(65)}@example.com`, `${'x'.repeat(65)}@example.com`],
  ])('EmailAddress in %j leaves %j', (body, left) => {
    expect(redacted('EmailAddress', body)).toEqual({ body: left });
  });

  test.each([
    ['from 10.0.0.1 to 255.255.255.255:80', 'from  to :80'],
    ['{"ip":"192.168.1.20"}', '{"ip":""}'],
    ['10.0.0.1.', '.'],
    ['10.0.0.256 and 1.2.3 and 1.2.3.4.5', '10.0.0.256 and 1.2.3 and 1.2.3.4.5'],
    ['v1.2.3.4', 'v1.2.3.4'],
    ['[fe80::1]:443', '[]:443'],
    ['2001:db8:0:0:0:0:2:1, ::1, ::ffff:10.0.0.1 and 2001:db8::', ', ,  and '],
    ['at fe80::1: unreachable', 'at : unreachable'],
    ['12:30:45 and std::vector and a:b', '12:30:45 and std::vector and a:b'],
  ])('IpAddress in %j leaves %j', (body, left) => {
    expect(redacted('IpAddress', body)).toEqual({ body: left });
  });

  test.each([
    ['My credit card number is 4539894458086459', 'My credit card number is '],
    ['{"cardNumber":4539894458086459}', '{"cardNumber":}'],
    ['creditCardNo=4539894458086459', 'creditCardNo='],
    ['4539894458086459 (visa)', ' (visa)'],
    ['card 4539-8944-5808-6459', 'card '],
    ['card 4539 8944 5808 6459', 'card '],
    ['amex 374245455400126', 'amex '],
    ['amex 3742 454554 00126', 'amex '],
    ['mastercard 5425233430109903, mc 2223000048410010', 'mastercard , mc '],
    ['diners club 30569309025905', 'diners club 30569309025905'],
    ['card 4539894458086458', 'card 4539894458086458'],
    ['order 4539894458086459', 'order 4539894458086459'],
    ['card 9999999999999995', 'card 9999999999999995'],
    ['card 14539894458086459', 'card 14539894458086459'],
    ['discard 4539894458086459', 'discard 4539894458086459'],
    // Set aside for testing: AWS does not report it.
    ['card 4111111111111111', 'card 4111111111111111'],
  ])('CreditCardNumber in %j leaves %j', (body, left) => {
    expect(redacted('CreditCardNumber', body)).toEqual({ body: left });
  });

  test.each([
    ['call +1 206 555 0123', 'call '],
    ['+12065550123', null],
    ['+1 (206) 555-0123', null],
    ['phone: (206) 555-0123', 'phone: '],
    ['{"phone_number":"2065550123"}', '{"phone_number":""}'],
    ['{"mobile":"1-206-555-0123"}', '{"mobile":""}'],
    ['206.555.0123 is her cell', ' is her cell'],
    ['order 2065550123', 'order 2065550123'],
    ['order 1-206-555-0123', 'order 1-206-555-0123'],
    ['phone 1065550123', 'phone 1065550123'],
    ['phone 20655501234', 'phone 20655501234'],
    ['+442065550123', '+442065550123'],
  ])('PhoneNumber-US in %j leaves %j', (body, left) => {
    expect(redacted('PhoneNumber-US', body)).toEqual(left === null ? { denied: true } : { body: left });
  });

  test.each([
    ['ssn: 123-45-6789', 'ssn: '],
    ['{"ssn":"123456789"}', '{"ssn":""}'],
    ['SocialSecurity 123 45 6789', 'SocialSecurity '],
    ['SS#123-45-6789', 'SS#'],
    ['123-45-6789 is a social_security number', ' is a social_security number'],
    ['number 123-45-6789', 'number 123-45-6789'],
    ['ssn 000-45-6789', 'ssn 000-45-6789'],
    ['ssn 666-45-6789', 'ssn 666-45-6789'],
    ['ssn 900-45-6789', 'ssn 900-45-6789'],
    ['ssn 123-00-6789', 'ssn 123-00-6789'],
    ['ssn 123-45-0000', 'ssn 123-45-0000'],
    ['ssn 123-456789', 'ssn 123-456789'],
    ['assn 123-45-6789', 'assn 123-45-6789'],
  ])('Ssn-US in %j leaves %j', (body, left) => {
    expect(redacted('Ssn-US', body)).toEqual({ body: left });
  });

  test.each([
    [30, true],
    [31, false],
  ])('a keyword %i characters away counts: %s', (distance, counts) => {
    const gap = '.'.repeat(distance);
    expect(redacted('Ssn-US', `ssn${gap}123-45-6789`)).toEqual({ body: `ssn${gap}${counts ? '' : '123-45-6789'}` });
    expect(redacted('Ssn-US', `123-45-6789${gap}ssn`)).toEqual({ body: `${counts ? '' : '123-45-6789'}${gap}ssn` });
  });
});

describe('what becomes of a message', () => {
  const ssn = 'ssn: 123-45-6789';

  test('Deny denies it, or lets it through as it is', () => {
    const policy = policyOf({ find: ['EmailAddress', 'Ssn-US'], operation: deny });
    expect(applyDataProtection(policy, 'Inbound', ssn)).toEqual({ denied: true });
    expect(applyDataProtection(policy, 'Inbound', 'to ann@example.com')).toEqual({ denied: true });
    expect(applyDataProtection(policy, 'Inbound', 'nothing')).toEqual({ body: 'nothing' });
  });

  test('MaskConfig puts its character in place of each', () => {
    const policy = policyOf({ find: ['Ssn-US'], operation: mask() });
    expect(applyDataProtection(policy, 'Inbound', `${ssn}!`)).toEqual({ body: 'ssn: ###########!' });
  });

  test.each([...'*Az09 !$%&()+,-./\\:;<=>?@[]^_`|~#'])('masks with %j', (character) => {
    const policy = policyOf({ find: ['Ssn-US'], operation: mask(character) });
    expect(applyDataProtection(policy, 'Inbound', ssn)).toEqual({ body: `ssn: ${character.repeat(11)}` });
  });

  test('RedactConfig takes it away, and a message of nothing else is denied', () => {
    expect(redacted('EmailAddress', 'ann@example.com!')).toEqual({ body: '!' });
    expect(redacted('EmailAddress', 'ann@example.com')).toEqual({ denied: true });
  });

  test('Audit does nothing to it', () => {
    const audit = { Audit: { SampleRate: '99', FindingsDestination: { S3: { Bucket: 'b' } } } };
    expect(applyDataProtection(policyOf({ find: ['Ssn-US'], operation: audit }), 'Inbound', ssn)).toEqual({
      body: ssn,
    });
  });

  test('each direction has its own statements', () => {
    const policy = policyOf(
      { direction: 'Inbound', find: ['Ssn-US'], operation: mask('i') },
      { direction: 'Outbound', find: ['Ssn-US'], operation: mask('o') },
    );
    expect(applyDataProtection(policy, 'Inbound', ssn)).toEqual({ body: 'ssn: iiiiiiiiiii' });
    expect(applyDataProtection(policy, 'Outbound', ssn)).toEqual({ body: 'ssn: ooooooooooo' });
  });

  test('Deny sees what a statement before it takes away', () => {
    const policy = policyOf({ find: ['Ssn-US'], operation: redact }, { find: ['Ssn-US'], operation: deny });
    expect(applyDataProtection(policy, 'Inbound', ssn)).toEqual({ denied: true });
  });

  test('several statements each do their part; the first has its way with what several find', () => {
    const policy = policyOf(
      { find: ['Ssn-US'], operation: mask('s') },
      { find: ['EmailAddress', 'Ssn-US'], operation: redact },
    );
    const body = 'ann@example.com has ssn 123-45-6789, bob@example.com none';
    expect(applyDataProtection(policy, 'Inbound', body)).toEqual({ body: ' has ssn sssssssssss,  none' });
  });

  test.each<[string, readonly Statement[], string]>([
    ['one in the other', [{ find: ['IpAddress'], operation: mask('i') }], 'iiiiiiiiiiiiiii ann@example.com!'],
    [
      'a shorter one behind a longer one',
      [
        { find: ['EmailAddress'], operation: mask('e') },
        { find: ['IpAddress'], operation: mask('i') },
      ],
      'eeeeeeeeeeeeeeeeeeee and iiiiiiii!',
    ],
    [
      'a longer one behind a shorter one',
      [
        { find: ['IpAddress'], operation: mask('i') },
        { find: ['EmailAddress'], operation: mask('e') },
      ],
      'iiiiiiiieeeeeeeeeeee and iiiiiiii!',
    ],
  ])('of findings that overlap, %s, the one that begins first has its way', (_, statements, left) => {
    const body = statements.length === 1 ? '::ffff:10.0.0.1 ann@example.com!' : '10.0.0.1@example.com and 10.0.0.2!';
    expect(applyDataProtection(policyOf(...statements), 'Inbound', body)).toEqual({ body: left });
  });

  test.each([
    ['everybody', ['*'], true],
    ['the account', ['111111111111'], true],
    ['a user of the account', ['arn:aws:iam::111111111111:user/ann'], true],
    ['a role of the account', ['arn:aws:iam::111111111111:role/path/r'], true],
    ['a session of the account', ['arn:aws:sts::111111111111:assumed-role/r/s'], true],
    ['another account', ['arn:aws:iam::222222222222:root'], false],
    ['the account of that id in another partition', ['arn:aws-cn:iam::111111111111:root'], false],
    ['one of several', ['arn:aws:iam::222222222222:root', '111111111111'], true],
  ])('[SNS-96] a statement about %s', (_, principal, applies) => {
    const policy = policyOf({ principal, find: ['Ssn-US'], operation: deny });
    const expected = applies ? { denied: true } : { body: ssn };
    expect(applyDataProtection(policy, 'Inbound', ssn, { accountId: '111111111111', topicArn: topicArn('t') })).toEqual(
      expected,
    );
    // Nobody said whose it is.
    expect(applyDataProtection(policy, 'Inbound', ssn)).toEqual({ denied: true });
  });

  test('custom identifiers find what their expression says', () => {
    const custom = (Regex: string) => ({
      Configuration: { CustomDataIdentifier: [{ Name: 'Employee-own', Regex }] },
    });
    const apply = (regex: string, body: string) =>
      applyDataProtection(
        parseDataProtectionPolicy(
          written([{ find: ['Employee-own', 'EmailAddress'], operation: mask() }], custom(regex)),
        ),
        'Inbound',
        body,
      );
    expect(apply('EID-\\d{9}-US', 'EID-123456789-US and ann@example.com')).toEqual({
      body: '################ and ###############',
    });
    // One character for one, whatever it takes in UTF-16.
    expect(apply('#.;', 'x#🙂;y')).toEqual({ body: 'x###y' });
  });
});

describe('the policy of a topic', () => {
  const text = written([{ find: ['Ssn-US'], operation: deny }]);
  const put = (cloud: ReturnType<typeof testCloud>, DataProtectionPolicy: string, ResourceArn = topicArn('t')) =>
    sns(cloud, 'PutDataProtectionPolicy', { ResourceArn, DataProtectionPolicy });
  const get = (cloud: ReturnType<typeof testCloud>, ResourceArn = topicArn('t')) =>
    sns(cloud, 'GetDataProtectionPolicy', { ResourceArn });

  test('is given back as it was put, and taken away by an empty text', async () => {
    const cloud = testCloud();
    await sns(cloud, 'CreateTopic', { Name: 't' });
    expect(await get(cloud)).toEqual({ DataProtectionPolicy: '' });
    expect(await put(cloud, ` ${text} `)).toEqual({});
    expect(await get(cloud)).toEqual({ DataProtectionPolicy: ` ${text} ` });
    expect(await put(cloud, '')).toEqual({});
    expect(await get(cloud)).toEqual({ DataProtectionPolicy: '' });
  });

  test('that is wrong leaves the one before', async () => {
    const cloud = testCloud();
    await sns(cloud, 'CreateTopic', { Name: 't' });
    await put(cloud, text);
    expect(await put(cloud, text.replace('Inbound', 'Inbxound'))).toEqual({
      error: 'InvalidParameter',
      message:
        'Invalid parameter: DataProtectionPolicy Reason: Statement DataDirection must be either Inbound or Outbound',
    });
    expect(await get(cloud)).toEqual({ DataProtectionPolicy: text });
  });

  test('is for standard topics only', async () => {
    const cloud = testCloud();
    await sns(cloud, 'CreateTopic', { Name: 't.fifo', Attributes: { FifoTopic: 'true' } });
    expect(await put(cloud, text, topicArn('t.fifo'))).toMatchObject({ error: 'InvalidParameter' });
    expect(await put(cloud, '', topicArn('t.fifo'))).toEqual({});
  });

  test('of a topic that is not there, or not the caller’s', async () => {
    const cloud = testCloud();
    expect(await put(cloud, text)).toEqual({ error: 'NotFound', message: 'Topic does not exist' });
    expect(await get(cloud)).toEqual({ error: 'NotFound', message: 'Topic does not exist' });
    expect(await get(cloud, 'nonsense')).toMatchObject({ error: 'InvalidParameter' });
    await sns(cloud, 'CreateTopic', { Name: 't' });
    const request = { ResourceArn: topicArn('t') };
    expect(await sns(cloud, 'GetDataProtectionPolicy', request, { accountId: '111111111111' })).toMatchObject({
      error: 'AuthorizationError',
    });
  });

  test('is read once for each text', () => {
    const topic: { fifo: boolean; dataProtectionPolicy: string | null } = { fifo: false, dataProtectionPolicy: null };
    expect(dataProtectionOf(topic)).toBeNull();
    setDataProtectionPolicy(topic, text);
    const first = dataProtectionOf(topic);
    expect(first?.name).toBe('policy');
    expect(dataProtectionOf(topic)).toBe(first);
    topic.dataProtectionPolicy = text.replace('"policy"', '"other"');
    expect(dataProtectionOf(topic)?.name).toBe('other');
    setDataProtectionPolicy(topic, '');
    expect(dataProtectionOf(topic)).toBeNull();
  });
});
