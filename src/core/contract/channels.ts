/**
 * The only two channels between page and main (EL-11). Main and preload know them; the page never names one.
 */
export const channels = { call: 'spillway:call', push: 'spillway:push' } as const;
