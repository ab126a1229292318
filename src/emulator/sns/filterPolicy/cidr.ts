/** IP networks of the `cidr` operator, IPv4 and IPv6. Knows addresses as text only; nothing is looked up. */
import { isIPv4, isIPv6 } from 'node:net';
import { refusal } from './errors.ts';

export interface Network {
  readonly family: 4 | 6;
  /** The bits that every address of the network begins with. */
  readonly prefix: bigint;
  /** How many bits follow the prefix. */
  readonly hostBits: bigint;
}

interface Address {
  readonly family: 4 | 6;
  readonly value: bigint;
}

/** @throws FilterPolicyError */
export function parseCidr(operand: unknown): Network {
  // AWS names the wrong operator here, and so do we.
  if (typeof operand !== 'string') throw refusal('prefix match pattern must be a string', 'start');
  const [text = '', mask, ...others] = operand.split('/');
  if (mask === undefined || mask === '' || others.length > 0) throw refusal("Malformed CIDR, one '/' required", 'end');
  if (!/^[+-]?\d{1,9}$/.test(mask)) throw refusal('Malformed CIDR, mask bits must be an integer', 'end');
  const maskBits = Number(mask);
  if (maskBits < 0) throw refusal('Malformed CIDR, mask bits must not be negative', 'end');
  const address = parseAddress(text);
  if (address === null) throw refusal(`Nonstandard IP address: ${text}`, 'end');
  const { family, value } = address;
  const bits = family === 4 ? 32 : 128;
  // A whole address is an exact match and needs no network.
  if (maskBits >= bits) throw refusal(`IPv${family} mask bits must be < ${bits}`, 'end');
  const hostBits = BigInt(bits - maskBits);
  return { family, prefix: value >> hostBits, hostBits };
}

/** Whether the text is an address of the network. */
export function isInNetwork(network: Network, text: string): boolean {
  const address = parseAddress(text);
  return address?.family === network.family && address.value >> network.hostBits === network.prefix;
}

function parseAddress(text: string): Address | null {
  if (isIPv4(text)) return { family: 4, value: join(text.split('.').map(BigInt), 8n) };
  // SNS reads neither a zone nor an IPv4 address at the end of an IPv6 one.
  if (!isIPv6(text) || /[%.]/.test(text)) return null;
  const [before = '', after] = text.split('::');
  const left = groups(before);
  const right = groups(after ?? '');
  const missing = new Array<bigint>(8 - left.length - right.length).fill(0n);
  return { family: 6, value: join([...left, ...missing, ...right], 16n) };
}

function groups(text: string): readonly bigint[] {
  return text === '' ? [] : text.split(':').map((group) => BigInt(`0x${group}`));
}

function join(parts: readonly bigint[], bitsEach: bigint): bigint {
  return parts.reduce((joined, part) => (joined << bitsEach) | part, 0n);
}
