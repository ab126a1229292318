/** Whether a browser asks for the page at `/`, where signed requests and Query in the URL are AWS's. */
import type { WireRequest } from '../../wire/message.ts';
import { urlFields } from '../replies.ts';

export function isPageRequest(request: WireRequest): boolean {
  const { method, path, headers } = request;
  if ((method !== 'GET' && method !== 'HEAD') || !/^\/(\?|$)/.test(path)) return false;
  if (headers.authorization !== undefined || headers['x-amz-target'] !== undefined) return false;
  const fields = urlFields(request);
  return !fields.has('Action') && !fields.has('X-Amz-Algorithm');
}
