/** What is asked of a policy: who calls, what for, on which resource, under which circumstances. */

/** `service` is a service acting by itself, named by its principal: `sns.amazonaws.com`. */
export type Caller =
  | { readonly kind: 'account'; readonly accountId: string }
  | { readonly kind: 'service'; readonly service: string }
  | { readonly kind: 'anonymous' };

export interface PolicyRequest {
  readonly principal: Caller;
  /** `sqs:SendMessage` */
  readonly action: string;
  /** The ARN of the queue or topic. */
  readonly resource: string;
  /** Condition keys such as `aws:SourceArn`, in any case. A key without a value is the same as none. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** What is known of a call that nobody signed. It comes over loopback, which is as good as TLS. */
export const unsignedContext: PolicyRequest['context'] = {
  'aws:PrincipalType': 'Anonymous',
  'aws:SecureTransport': 'true',
};

/** By key in lower case. A map, so that no key can mean anything but itself. */
export type Context = ReadonlyMap<string, readonly string[]>;

export function contextOf(request: PolicyRequest): Context {
  return new Map(
    Object.entries(request.context).map(([key, value]) => [
      key.toLowerCase(),
      typeof value === 'string' ? [value] : value,
    ]),
  );
}
