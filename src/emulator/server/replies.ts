/** Replies of the emulator's own endpoints, and who may ask for them. */
import { pageHeaders } from '../../core/contract/pagePolicy.ts';
import { cut, type WireReply, type WireRequest } from '../wire/message.ts';

/** No other site may put a reply into its own page, whatever it takes it for; and the next look must be a new one. */
export const ownHeaders: Readonly<Record<string, string>> = { ...pageHeaders, 'cache-control': 'no-store' };

export const json = (status: number, value: unknown): WireReply => ({
  status,
  headers: { 'content-type': 'application/json', ...ownHeaders },
  body: JSON.stringify(value),
});

export const refusal = (status: number, message: string): WireReply => json(status, { error: message });

/**
 * Only pages and programs of this machine may use what is no AWS: the Host must be a loopback name, and a page of another origin
 * (it sends an Origin) is refused, so no website can reach in by rebinding a name or by posting blindly.
 *
 * @returns null when nothing stands against it
 */
export function refuseStrangers({ origin, headers }: WireRequest): WireReply | null {
  if (!/^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i.test(origin))
    return refusal(403, 'The Host must be a loopback name.');
  if (headers.origin !== undefined) return refusal(403, 'Web pages may not control the emulator.');
  return null;
}

/** The fields of a request's URL. */
export const urlFields = ({ path }: WireRequest): URLSearchParams => new URLSearchParams(cut(path)[1]);
