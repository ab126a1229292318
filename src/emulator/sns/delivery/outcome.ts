/** How a delivery, or one attempt of it, ended. */
export type Outcome =
  | { readonly kind: 'delivered' }
  | {
      readonly kind: 'failed';
      /** 'client': trying again would not help (no such queue, no permission, a 4xx). 'server': it might (a 5xx, a 429, nobody there). */
      readonly fault: 'client' | 'server';
      readonly reason: string;
    };

export const delivered: Outcome = { kind: 'delivered' };
export const clientFault = (reason: string): Outcome => ({ kind: 'failed', fault: 'client', reason });
export const serverFault = (reason: string): Outcome => ({ kind: 'failed', fault: 'server', reason });
