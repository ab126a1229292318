/**
 * Erlang's two formulas: how often all servers are busy.
 *
 * Offered load a = arrival rate / service rate of one server, in servers (Erlangs). Computed by the recursion over servers,
 * which neither overflows nor cancels. Source: A. K. Erlang 1917; any text on queueing.
 */

/**
 * Erlang B: share of arrivals that find every server busy and are turned away (M/G/c/c).
 *
 * @param servers whole number, at least 0; without servers everything is turned away
 */
export function erlangB(offeredLoad: number, servers: number): number {
  let blocking = 1;
  for (let k = 1; k <= servers; k++) blocking = (offeredLoad * blocking) / (k + offeredLoad * blocking);
  return blocking;
}

/**
 * Erlang C: probability that an arrival has to wait (M/M/c).
 *
 * @returns 1 when the load is not below the number of servers: then everything waits, in the end for ever
 */
export function erlangC(offeredLoad: number, servers: number): number {
  if (offeredLoad >= servers) return 1;
  const blocking = erlangB(offeredLoad, servers);
  return blocking / (1 - (offeredLoad / servers) * (1 - blocking));
}
