/** The checkers of the storm can fail: what is wrong is told as such. */
import { encode } from 'cborg';
import { describe, expect, it } from 'vitest';
import { dialectExpected } from './envelope.ts';
import { replyFault } from './replies.ts';
import { xmlFault } from './xml.ts';

const prolog = '<?xml version="1.0"?>';

describe('xmlFault', () => {
  it.each([
    '<a/>',
    '<a></a>',
    '<a b="c" d="&lt;"><e/>x &amp; &#xD;<e>y</e></a>',
    '<a>\t\r\n\u{1f600}</a>',
    '<a.b-c_1/>',
  ])('takes %s', (document) => expect(xmlFault(prolog + document)).toBeNull());

  it.each([
    ['', 'no root'],
    ['<a>', 'a is not closed'],
    ['<a></b>', 'b closes what is not open'],
    ['</a>', 'a closes what is not open'],
    ['<a/><b/>', 'a second root'],
    ['x<a/>', 'text outside the root'],
    ['<a>&</a>', 'an ampersand that is no reference'],
    ['<a>&nbsp;</a>', 'an ampersand that is no reference'],
    ['<a>&#0;</a>', '&#0; is no character of XML'],
    ['<a>&#xFFFE;</a>', '&#xFFFE; is no character of XML'],
    ['<a>\u0001</a>', 'a character that XML does not have'],
    ['<a>\ud800</a>', 'a character that XML does not have'],
    ['<a>]]></a>', ']]> in text'],
    ['<a b="1" b="2"/>', 'the attribute b twice'],
    ['<a b="&"/>', 'an ampersand that is no reference'],
    ['<a></a b="1">', 'an odd closing tag a'],
  ])('refuses %j', (document, fault) => expect(xmlFault(prolog + document)).toBe(fault));

  it.each([
    '<a b=1/>',
    '<a b="<"/>',
    '<1/>',
    '<a',
    '<!-- x --><a/>',
    '<!DOCTYPE a><a/>',
    '<a><![CDATA[x]]></a>',
    '<a><?x?></a>',
  ])('refuses %j as no tag', (document) => expect(xmlFault(prolog + document)).toMatch(/^no tag and no text/));

  it('takes a document without declaration, on lines of its own', () => {
    expect(xmlFault('<a>\n  <b/>\n</a>\n')).toBeNull();
    expect(xmlFault('\n<a/>')).toBe('text outside the root');
    expect(xmlFault('<a/>\n\n')).toBe('text outside the root');
    expect(xmlFault('<a/>\n<b/>')).toBe('text outside the root');
    expect(xmlFault('\n')).toBe('text outside the root');
  });
});

describe('replyFault', () => {
  const json = {
    status: 400,
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': 'r', 'x-amzn-errortype': 'E' },
    body: '{"__type":"com.amazonaws.sqs#E","message":"m"}',
  };
  const xml = {
    status: 400,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': 'r' },
    body: `${prolog}<ErrorResponse xmlns="n"><Error><Type>Sender</Type><Code>C.D</Code><Message>m</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
  };
  const cbor = {
    status: 400,
    headers: { ...json.headers, 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' },
    body: encode({ __type: 'a#E', message: 'm' }),
  };

  it('takes good refusals', () => {
    expect(replyFault(json, 'json-1.0', 'r')).toBeNull();
    expect(replyFault(xml, 'query', 'r')).toBeNull();
    const unclaimed = { status: 404, headers: { 'x-amzn-requestid': 'r' }, body: '<UnknownOperationException/>\n' };
    expect(replyFault(unclaimed, 'query', 'r')).toBeNull();
    expect(replyFault({ ...unclaimed, status: 400 }, 'query', 'r')).toMatch(/^content type/);
    expect(replyFault({ ...unclaimed, headers: xml.headers }, 'query', 'r')).toMatch(/^a content type/);
    expect(replyFault(cbor, 'rpc-cbor', 'r')).toBeNull();
  });

  it.each([
    ['a failure of ours', { ...json, status: 500 }],
    ['a redirect', { ...json, status: 302 }],
    ['another request id', { ...json, headers: { ...json.headers, 'x-amzn-requestid': 's' } }],
    ['a header with a line break', { ...json, headers: { ...json.headers, 'x-a': 'a\r\nb' } }],
    ['no JSON', { ...json, body: '{' }],
    ['a list', { ...json, body: '[]' }],
    ['no type', { ...json, body: '{"message":"m"}' }],
    ['no message', { ...json, body: '{"__type":"a#E"}' }],
    ['another error type', { ...json, body: '{"__type":"a#F","message":"m"}' }],
    ['bytes', { ...json, body: new Uint8Array(2) }],
    ['the other JSON', { ...json, headers: { ...json.headers, 'content-type': 'application/x-amz-json-1.1' } }],
  ])('refuses %s in JSON', (_, reply) => expect(replyFault(reply, 'json-1.0', 'r')).not.toBeNull());

  it.each([
    ['a success element', { ...xml, status: 200 }],
    ['XML that is not closed', { ...xml, body: xml.body.slice(0, -1) }],
    ['no request id', { ...xml, body: xml.body.replace('<RequestId>r', '<RequestId>') }],
    ['no code', { ...xml, body: xml.body.replace('C.D', '') }],
    ['no message', { ...xml, body: xml.body.replace('<Message>m', '<Message>') }],
    ['a fault of ours', { ...xml, body: xml.body.replace('Sender', 'Receiver') }],
  ])('refuses %s in XML', (_, reply) => expect(replyFault(reply, 'query', 'r')).not.toBeNull());

  it.each([
    ['bytes that are no CBOR', { ...cbor, body: cbor.body.slice(1) }],
    ['text', { ...cbor, body: 'text' }],
    ['no protocol header', { ...cbor, headers: { ...cbor.headers, 'smithy-protocol': '' } }],
  ])('refuses %s in CBOR', (_, reply) => expect(replyFault(reply, 'rpc-cbor', 'r')).not.toBeNull());
});

describe('dialectExpected', () => {
  it.each([
    ['/', { 'x-amz-target': 'A.B' }, 'json-1.0'],
    ['/', { 'x-amz-target': 'A.B', 'content-type': ' application/X-AMZ-JSON-1.1 ; x' }, 'json-1.1'],
    ['/', { 'x-amz-target': 'A.B', 'content-type': 'application/x-amz-cbor-1.1' }, 'cbor-1.1'],
    ['/service/a/operation/b', {}, 'rpc-cbor'],
    ['/service/a/operation/', {}, 'json-1.0'],
    ['/', { 'smithy-protocol': 'rpc-v2-cbor', 'x-amz-target': 'A.B' }, 'rpc-cbor'],
    ['/', { 'content-type': 'application/x-www-form-urlencoded' }, 'query'],
    ['/?a=b&Action=', {}, 'query'],
    ['/?a=Action', {}, 'json-1.0'],
  ] as const)('%s with %o is %s', (path, headers, dialect) => expect(dialectExpected({ path, headers })).toBe(dialect));
});
