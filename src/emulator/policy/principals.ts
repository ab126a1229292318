/**
 * The Principal element: who a statement is about.
 *
 * Callers are known by their account and no closer, so a user, role or session in a policy stands for its account: a
 * statement about one of them is about all that the account does.
 */
import { InvalidPrincipal, PolicyError } from './errors.ts';
import { listOf, type Pair, quoted, readObject } from './reading.ts';
import type { Caller } from './request.ts';

export interface Principals {
  /** NotPrincipal: everyone but these. */
  readonly negated: boolean;
  /** `*`, which services and anonymous callers are as well. */
  readonly everyone: boolean;
  /** How ARNs begin in the partitions of each account that is named: `arn:aws-cn:`; `arn:` for one that is named by its bare id. */
  readonly accounts: ReadonlyMap<string, readonly string[]>;
  readonly services: ReadonlySet<string>;
  /** As written, with repeats. */
  readonly count: number;
}

/** @throws PolicyError for what does not name a principal, and for a wildcard as part of a name */
export function parsePrincipals({ name, negated, value }: Pair, where: string): Principals {
  const accounts = new Map<string, readonly string[]>();
  const services = new Set<string>();
  if (value === '*') return { negated, everyone: true, accounts, services, count: 1 };
  if (typeof value === 'string') throw new InvalidPrincipal(where, quoted(value));

  let everyone = false;
  let count = 0;
  for (const [type, ids] of readObject(value, `${where}, ${name}`)) {
    for (const id of listOf(ids)) {
      count += 1;
      if (typeof id !== 'string') throw new PolicyError(where, `${name} must hold strings or lists of strings`);
      if (type === 'AWS' && id === '*') everyone = true;
      else if (type === 'AWS') addAccount(accounts, accountOf(id) ?? refuse(type, id, where));
      else if (type === 'Service') services.add(isServiceName(id) ? id : refuse(type, id, where));
      // Nobody signs in here by a provider of identities, so those principals are never a caller.
      else if (type !== 'Federated') refuse(type, id, where);
    }
  }
  if (count === 0) throw new PolicyError(where, `${name} names nobody`);
  return { negated, everyone, accounts, services, count };
}

function refuse(type: string, id: string, where: string): never {
  throw new InvalidPrincipal(where, `"${quoted(type)}":"${quoted(id)}"`);
}

const principalArn =
  /^(arn:aws[a-z-]*:)(?:iam::(\d{12}):(?:root|(?:user|role)\/[\w+=,.@/-]+)|sts::(\d{12}):(?:assumed-role|federated-user)\/[\w+=,.@/-]+)$/;

interface NamedAccount {
  readonly accountId: string;
  readonly arnBeginning: string;
}

function accountOf(id: string): NamedAccount | null {
  if (/^\d{12}$/.test(id)) return { accountId: id, arnBeginning: 'arn:' };
  const [, arnBeginning, ofIam, ofSts] = principalArn.exec(id) ?? [];
  const accountId = ofIam ?? ofSts;
  return arnBeginning === undefined || accountId === undefined ? null : { accountId, arnBeginning };
}

function addAccount(accounts: Map<string, readonly string[]>, { accountId, arnBeginning }: NamedAccount): void {
  const known = accounts.get(accountId) ?? [];
  if (!known.includes(arnBeginning)) accounts.set(accountId, [...known, arnBeginning]);
}

/** Shape only: services are opened faster than lists of them are updated. */
function isServiceName(id: string): boolean {
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(id);
}

/** @param resource its ARN: whoever calls is of its partition, because an account is unknown in all others */
export function includes(principals: Principals, caller: Caller, resource: string): boolean {
  return isNamed(principals, caller, resource) !== principals.negated;
}

function isNamed({ everyone, accounts, services }: Principals, caller: Caller, resource: string): boolean {
  if (everyone) return true;
  switch (caller.kind) {
    case 'account':
      return accounts.get(caller.accountId)?.some((beginning) => resource.startsWith(beginning)) ?? false;
    case 'service':
      return services.has(caller.service);
    case 'anonymous':
      return false;
  }
}
