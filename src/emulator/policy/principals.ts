/**
 * The Principal element: who a statement is about.
 *
 * Callers are known by their account and no closer, so a user, role or session in a policy stands for its account: a
 * statement about one of them is about all that the account does.
 */
import { PolicyError } from './errors.ts';
import { listOf, type Pair, quoted, readObject } from './reading.ts';
import type { Caller } from './request.ts';

export interface Principals {
  /** NotPrincipal: everyone but these. */
  readonly negated: boolean;
  /** `*`, which services and anonymous callers are as well. */
  readonly everyone: boolean;
  readonly accountIds: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
  /** As written, with repeats. */
  readonly count: number;
}

/** @throws PolicyError for what does not name a principal, and for a wildcard as part of a name */
export function parsePrincipals({ name, negated, value }: Pair, where: string): Principals {
  const accountIds = new Set<string>();
  const services = new Set<string>();
  if (value === '*') return { negated, everyone: true, accountIds, services, count: 1 };
  if (typeof value === 'string') throw new PolicyError(where, `Invalid principal in policy: ${quoted(value)}`);

  let everyone = false;
  let count = 0;
  for (const [type, ids] of readObject(value, `${where}, ${name}`)) {
    for (const id of listOf(ids)) {
      count += 1;
      if (typeof id !== 'string') throw new PolicyError(where, `${name} must hold strings or lists of strings`);
      if (type === 'AWS' && id === '*') everyone = true;
      else if (type === 'AWS') accountIds.add(accountOf(id) ?? refuse(type, id, where));
      else if (type === 'Service') services.add(isServiceName(id) ? id : refuse(type, id, where));
      // Nobody signs in here by a provider of identities, so those principals are never a caller.
      else if (type !== 'Federated') refuse(type, id, where);
    }
  }
  if (count === 0) throw new PolicyError(where, `${name} names nobody`);
  return { negated, everyone, accountIds, services, count };
}

function refuse(type: string, id: string, where: string): never {
  throw new PolicyError(where, `Invalid principal in policy: "${quoted(type)}":"${quoted(id)}"`);
}

const principalArn =
  /^arn:aws[a-z-]*:(?:iam::(\d{12}):(?:root|(?:user|role)\/[\w+=,.@/-]+)|sts::(\d{12}):(?:assumed-role|federated-user)\/[\w+=,.@/-]+)$/;

function accountOf(id: string): string | null {
  if (/^\d{12}$/.test(id)) return id;
  const found = principalArn.exec(id);
  return found?.[1] ?? found?.[2] ?? null;
}

/** Shape only: services are opened faster than lists of them are updated. */
function isServiceName(id: string): boolean {
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(id);
}

export function includes(principals: Principals, caller: Caller): boolean {
  return isNamed(principals, caller) !== principals.negated;
}

function isNamed({ everyone, accountIds, services }: Principals, caller: Caller): boolean {
  if (everyone) return true;
  switch (caller.kind) {
    case 'account':
      return accountIds.has(caller.accountId);
    case 'service':
      return services.has(caller.service);
    case 'anonymous':
      return false;
  }
}
