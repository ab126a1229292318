/**
 * Who may come in: one-time login codes, sessions, the bearer token of local programs (SEC-32, SEC-33).
 *
 * Everything lives in memory and ends with the process. Secrets are compared by hash in constant time.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const codeLifetimeMs = 5 * 60_000;
const failuresPerMinute = 10;
/** Old sessions give way; a jump host has a handful of browsers. */
const maxSessions = 32;

export interface Secrets {
  /** Cookie name carries the instance, because ports of one host share cookies. */
  readonly cookieName: string;
  readonly token: string;
  newLoginCode(): string;
  /** Uses the code up. @returns a session id, or null when the code is unknown, used or older than five minutes */
  exchange(code: string): string | null;
  isSession(id: string | undefined): boolean;
  isToken(token: string | undefined): boolean;
  endSession(id: string): void;
  /** Too many failures within the last minute: refuse before comparing anything. */
  tooManyFailures(): boolean;
}

const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
const secret = (): string => randomBytes(32).toString('base64url');

export function createSecrets(nowMs: () => number): Secrets {
  const token = secret();
  const codes: { hash: Buffer; expiresMs: number }[] = [];
  const sessions: { hash: Buffer }[] = [];
  let failures: number[] = [];

  const failed = (): void => {
    failures.push(nowMs());
  };
  const find = <T extends { hash: Buffer }>(list: readonly T[], text: string): T | undefined => {
    const wanted = hash(text);
    let found: T | undefined;
    for (const item of list) if (timingSafeEqual(item.hash, wanted)) found = item;
    return found;
  };

  return {
    cookieName: `spillway-${randomBytes(6).toString('hex')}`,
    token,
    newLoginCode() {
      const code = secret();
      const now = nowMs();
      codes.push({ hash: hash(code), expiresMs: now + codeLifetimeMs });
      while (codes.length > 8) codes.shift();
      return code;
    },
    exchange(code) {
      const found = find(codes, code);
      if (found === undefined || found.expiresMs < nowMs()) {
        failed();
        return null;
      }
      codes.splice(codes.indexOf(found), 1);
      const id = secret();
      sessions.push({ hash: hash(id) });
      if (sessions.length > maxSessions) sessions.shift();
      return id;
    },
    isSession: (id) => id !== undefined && find(sessions, id) !== undefined,
    isToken(given) {
      if (given === undefined) return false;
      const right = timingSafeEqual(hash(given), hash(token));
      if (!right) failed();
      return right;
    },
    endSession(id) {
      const found = find(sessions, id);
      if (found !== undefined) sessions.splice(sessions.indexOf(found), 1);
    },
    tooManyFailures() {
      const since = nowMs() - 60_000;
      failures = failures.filter((at) => at > since);
      return failures.length >= failuresPerMinute;
    },
  };
}
