import { decode, encode, Tagged } from 'cborg';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../../src/emulator/service.ts';
import { decodeCbor, encodeCbor, millisecondsLeaves, secondsLeaves } from '../../../../src/emulator/wire/cbor.ts';
import { decodeJson, encodeJson } from '../../../../src/emulator/wire/document.ts';
import { InputError } from '../../../../src/emulator/wire/inputError.ts';
import { decodeQuery, parseForm } from '../../../../src/emulator/wire/query.ts';
import {
  blob,
  decimal,
  flag,
  list,
  map,
  required,
  structure,
  text,
  timestamp,
  whole,
} from '../../../../src/emulator/wire/shapes.ts';
import { validate } from '../../../../src/emulator/wire/validate.ts';
import { encodeXmlError, encodeXmlReply } from '../../../../src/emulator/wire/xml.ts';

const everything = structure({
  Text: text,
  Whole: whole(),
  Decimal: decimal,
  Flag: flag,
  Time: timestamp,
  Blob: blob,
  Names: list(text),
  Flat: list(text, { flattened: true, queryName: 'FlatName' }),
  Plain: map(text),
  Attributes: map(text, { flattened: true, queryName: 'Attribute', keyName: 'Name', valueName: 'Value' }),
  Inner: structure({ Name: text }),
  Inners: list(structure({ Name: text, Value: whole() })),
});

const value = {
  Text: 'a < b & "c"\r\n',
  Whole: -7,
  Decimal: 0.25,
  Flag: true,
  Time: Date.UTC(2026, 2, 2, 7, 30, 0, 500),
  Blob: new Uint8Array([0, 255, 16]),
  Names: ['one', 'two'],
  Flat: ['three'],
  Plain: { k: 'v' },
  Attributes: { DelaySeconds: '5' },
  Inner: { Name: 'n' },
  Inners: [{ Name: 'x', Value: 1 }, { Name: 'y' }],
};

describe('JSON', () => {
  it('carries every kind of value there and back, timestamps as seconds and blobs as base64', () => {
    const encoded = encodeJson(everything, value);
    expect(JSON.parse(encoded)).toMatchObject({ Time: 1772436600.5, Blob: 'AP8Q' });
    expect(decodeJson(everything, encoded)).toEqual(value);
  });

  it('writes declared members alone, wherever in the value something else stands, and leaves the value as it was', () => {
    const inners = [{ Name: 'x', Value: null, Secret: 1 }, { Value: 2, Name: undefined }, { Name: 'z' }];
    const whole = { Secret: 'no', Inners: inners, Whole: null, Text: 'kept', Time: 1_500, Names: ['one'] };
    const before = structuredClone(whole);
    expect(JSON.parse(encodeJson(everything, whole))).toEqual({
      Text: 'kept',
      Time: 1.5,
      Names: ['one'],
      Inners: [{ Name: 'x' }, { Value: 2 }, { Name: 'z' }],
    });
    expect(whole).toEqual(before);
  });

  it('a shape cannot have a member that every object inherits', () => {
    expect(() => structure({ constructor: text })).toThrow(/constructor/);
  });

  it('ignores members the shape does not have, and takes null as absent', () => {
    expect(decodeJson(everything, '{"Other":1,"Text":null,"__proto__":{"Flag":true}}')).toEqual({});
  });

  it.each([
    ['{', 'not JSON'],
    ['[]', 'a list is no structure'],
    ['{"Text":1}', 'a number is no text'],
    ['{"Whole":"1"}', 'a text is no number'],
    ['{"Whole":1.5}', 'a fraction is no whole number'],
    ['{"Flag":"true"}', 'a text is no boolean'],
    ['{"Blob":"A"}', 'not base64'],
    ['{"Time":1e300}', 'beyond every calendar'],
    ['{"Names":{"0":"a"}}', 'a map is no list'],
    ['{"Attributes":{"a":1}}', 'a number in a map of texts'],
    ['{"Inner":"n"}', 'a text is no structure'],
  ])('%s is refused: %s', (document) => {
    expect(() => decodeJson(everything, document)).toThrow(AwsError);
  });
});

describe('CBOR', () => {
  it('carries every kind of value there and back in both dialects', () => {
    for (const leaves of [secondsLeaves, millisecondsLeaves]) {
      expect(decodeCbor(everything, encodeCbor(everything, value, leaves), leaves)).toEqual(value);
    }
  });

  it('writes timestamps as tag 1 seconds and blobs as byte strings', () => {
    const written = decode(encodeCbor(everything, value, secondsLeaves), { tags: { 1: Tagged.decoder(1) } });
    expect(written.Time).toEqual(new Tagged(1, 1772436600.5));
    expect(written.Blob).toEqual(value.Blob);
  });

  it('takes 64-bit integers and untagged times', () => {
    const body = encode({ Whole: 5n, Time: 1772436600 });
    expect(decodeCbor(everything, body, secondsLeaves)).toEqual({ Whole: 5, Time: 1772436600_000 });
  });

  it('refuses bytes that are not CBOR', () => {
    expect(() => decodeCbor(everything, new Uint8Array([0xbf, 0x61]), secondsLeaves)).toThrow(AwsError);
    expect(() => decodeCbor(everything, new Uint8Array(100_000).fill(0x81), secondsLeaves)).toThrow(AwsError);
  });
});

describe('Query input', () => {
  const read = (form: string) => decodeQuery(everything, parseForm(form));

  it.each<[form: string, expected: Record<string, unknown>, because: string]>([
    ['Names.member.1=a&Names.member.2=b', { Names: ['a', 'b'] }, 'lists are Name.member.N'],
    ['Names.member.10=b&Names.member.9=a', { Names: ['a', 'b'] }, 'numbers sort as numbers, gaps do not matter'],
    ['Names=', { Names: [] }, 'an empty list is written as an empty text'],
    ['FlatName.1=a', { Flat: ['a'] }, 'flattened lists go by their own name'],
    ['Plain.entry.1.key=k&Plain.entry.1.value=v', { Plain: { k: 'v' } }, 'maps are entry.N.key and value'],
    ['Attribute.1.Name=A&Attribute.1.Value=5', { Attributes: { A: '5' } }, 'SQS names and values'],
    [
      'Attribute.1.Name=__proto__&Attribute.1.Value=5',
      { Attributes: JSON.parse('{"__proto__":"5"}') },
      'a key is only a key',
    ],
    ['Inners.member.1.Name=x&Inners.member.1.Value=3', { Inners: [{ Name: 'x', Value: 3 }] }, 'structures in lists'],
    ['Text=a+b%20%26', { Text: 'a b &' }, 'form escapes'],
    ['Time=2026-03-02T07:30:00Z', { Time: Date.UTC(2026, 2, 2, 7, 30) }, 'ISO 8601'],
    ['Attribute.1.Name=A', { Attributes: { A: '' } }, 'a value that is left out is an empty text'],
    ['Flag=true&Decimal=-1.5e3&Whole=12', { Flag: true, Decimal: -1500, Whole: 12 }, 'numbers and booleans'],
    ['Blob=AP8Q', { Blob: new Uint8Array([0, 255, 16]) }, 'base64'],
  ])('%s is %j: %s', (form, expected) => {
    expect(read(form)).toEqual(expected);
  });

  it.each([
    ['Whole=x', 'type'],
    ['Whole=1.5', 'type'],
    ['Decimal=', 'type'],
    ['Blob=*', 'type'],
    ['Plain.entry.1.key=A', 'missing'],
    ['Plain.entry.1.value=A', 'missing'],
  ])('%s is refused', (form, kind) => {
    try {
      read(form);
      expect.unreachable();
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(InputError);
      expect((thrown as InputError).problem.kind).toBe(kind);
    }
  });

  it.each([
    ['Flag=yes', 'boolean must follow xsd1.1 definition'],
    ['Flag=TRUE', 'boolean must follow xsd1.1 definition'],
    ['Flag=', 'missing value for boolean type'],
    ['Time=soon', 'timestamp must follow ISO8601'],
    ['Time=1772436600', 'timestamp must follow ISO8601'],
    ['Names.1=a', 'Top level element may not be treated as a list'],
    ['Inners.1.Name=a', 'Top level element may not be treated as a list'],
    ['Plain.1.key=a&Plain.1.value=b', 'Top level element may not be treated as a list'],
    ['Names.member.0=a', '0 is not a valid index'],
    ['Nobody.0=a', '0 is not a valid index'],
    ['Text.a=b', 'Start of list found where not expected'],
    ['Names.member.1.a=b', 'Start of list found where not expected'],
    ['FlatName.member.1=a', 'Start of list found where not expected'],
    ['Flat.member.1=a', 'Start of list found where not expected'],
    ['Attribute=', 'End of list found where not expected'],
    ['Attribute.1.Value=A', 'End of list found where not expected'],
  ])('%s is MalformedInput: %s', (form, message) => {
    expect(() => read(form)).toThrow(expect.objectContaining({ queryCode: 'MalformedInput', message }));
  });

  it('does not follow names of absurd depth, and refuses absurd numbers of fields', () => {
    expect(read(`${'Inner.'.repeat(1_000)}Name=x`)).toEqual({});
    expect(() => parseForm(Array.from({ length: 20_001 }, (_, n) => `f${n}=`).join('&'))).toThrow(
      'The query string is malformed: more than 20000 parameters, which is a limit of this emulator.',
    );
  });
});

describe('Query output', () => {
  const asked = { action: 'Do', xmlNamespace: 'urn:x', requestId: 'r' };
  const refused = { xmlNamespace: 'urn:x', fault: 'Sender', code: 'C', requestId: 'r' };

  it('writes lists, maps and structures as old clients read them', () => {
    const xml = encodeXmlReply({ ...asked, form: 'oneLine', shape: everything, value });
    expect(xml).toBe(
      '<?xml version="1.0"?><DoResponse xmlns="urn:x"><DoResult>' +
        '<Text>a &lt; b &amp; &quot;c&quot;&#xD;\n</Text><Whole>-7</Whole><Decimal>0.25</Decimal><Flag>true</Flag>' +
        '<Time>2026-03-02T07:30:00.500Z</Time><Blob>AP8Q</Blob>' +
        '<Names><member>one</member><member>two</member></Names><FlatName>three</FlatName>' +
        '<Plain><entry><key>k</key><value>v</value></entry></Plain>' +
        '<Attribute><Name>DelaySeconds</Name><Value>5</Value></Attribute><Inner><Name>n</Name></Inner>' +
        '<Inners><member><Name>x</Name><Value>1</Value></member><member><Name>y</Name></member></Inners>' +
        '</DoResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></DoResponse>',
    );
  });

  it('SNS-150: writes each element on a line of its own where the service does', () => {
    const shape = structure({
      Names: list(text),
      Plain: map(text),
      FlatName: list(text, { flattened: true }),
      Inners: list(structure({ Name: text })),
      None: list(text),
      Empty: text,
    });
    const output = { Names: ['a', 'b'], Plain: { k: 'v' }, FlatName: ['c', 'd'], Inners: [{ Name: 'x' }, {}] };
    const xml = encodeXmlReply({ ...asked, form: 'indented', shape, value: { ...output, None: [], Empty: '' } });
    expect(xml).toBe(`<DoResponse xmlns="urn:x">
  <DoResult>
    <Names>
      <member>a</member>
      <member>b</member>
    </Names>
    <Plain>
      <entry>
        <key>k</key>
        <value>v</value>
      </entry>
    </Plain>
    <FlatName>c</FlatName>
    <FlatName>d</FlatName>
    <Inners>
      <member>
        <Name>x</Name>
      </member>
      <member/>
    </Inners>
    <None/>
    <Empty></Empty>
  </DoResult>
  <ResponseMetadata>
    <RequestId>r</RequestId>
  </ResponseMetadata>
</DoResponse>
`);
  });

  it.each([
    ['oneLine', structure({}), '<?xml version="1.0"?><DoResponse xmlns="urn:x"><DoResult/><ResponseMetadata>'],
    ['oneLine', null, '<?xml version="1.0"?><DoResponse xmlns="urn:x"><ResponseMetadata>'],
    ['indented', structure({}), '<DoResponse xmlns="urn:x">\n  <DoResult/>\n  <ResponseMetadata>'],
    ['indented', null, '<DoResponse xmlns="urn:x">\n  <ResponseMetadata>'],
  ] as const)('%s: a Result only where there is an output', (form, shape, beginning) => {
    const xml = encodeXmlReply({ ...asked, form, shape, value: undefined });
    expect(xml.slice(0, beginning.length)).toBe(beginning);
  });

  it('has a Detail in the errors of one form only', () => {
    expect(encodeXmlError({ ...refused, form: 'oneLine', message: 'm' })).toBe(
      '<?xml version="1.0"?><ErrorResponse xmlns="urn:x"><Error><Type>Sender</Type><Code>C</Code><Message>m</Message><Detail/></Error>' +
        '<RequestId>r</RequestId></ErrorResponse>',
    );
    expect(encodeXmlError({ ...refused, form: 'indented', message: 'm' })).toBe(`<ErrorResponse xmlns="urn:x">
  <Error>
    <Type>Sender</Type>
    <Code>C</Code>
    <Message>m</Message>
  </Error>
  <RequestId>r</RequestId>
</ErrorResponse>
`);
  });

  it('never writes a character that XML may not hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (message) => {
        const xml = encodeXmlError({ ...refused, form: 'indented', message });
        expect(/<Message>([^<>]*)<\/Message>/.exec(xml)?.[1]).not.toMatch(
          /[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u,
        );
      }),
    );
  });
});

describe('validation', () => {
  const shape = structure({ Entries: required(list(structure({ Id: required(whole({ min: 1, max: 10 })) }))) });

  it.each([
    [{}, { kind: 'missing', path: 'Entries' }],
    [{ Entries: [{ Id: 1 }, {}] }, { kind: 'missing', path: 'Entries.2.Id' }],
    [{ Entries: [{ Id: 11 }] }, { kind: 'range', path: 'Entries.1.Id', value: 11, min: 1, max: 10 }],
  ])('%j is refused', (input, problem) => {
    expect(() => validate(shape, input)).toThrow(expect.objectContaining({ problem }) as Error);
  });

  it('lets through what fits', () => {
    expect(() => validate(shape, { Entries: [{ Id: 10 }] })).not.toThrow();
  });
});
