/**
 * How many servers a steady flow needs: Erlang's formulas for messages that arrive by chance and wait in one line (M/M/c).
 *
 * Closed forms for constant rates (STAFF-01 to STAFF-03). Not here: flows that change (replay), fluid capacity (backlog.ts).
 */

/**
 * Probability that a message finds every server busy and has to wait (Erlang C, STAFF-01).
 *
 * @param offeredLoad arrival rate / service rate of one server: the servers that are busy on average
 * @param servers     whole, at least 0
 * @returns 0 to 1; 1 when the servers cannot keep up (offeredLoad at or above them)
 */
export function erlangC(offeredLoad: number, servers: number): number {
  if (offeredLoad <= 0) return 0;
  if (offeredLoad >= servers) return 1;
  let blocking = 1;
  for (let busy = 1; busy <= servers; busy++) blocking = (offeredLoad * blocking) / (busy + offeredLoad * blocking);
  return blocking / (1 - (offeredLoad / servers) * (1 - blocking));
}

/**
 * Share of messages that wait longer than a time: C e^{-(c mu - lambda) t} (STAFF-02).
 *
 * @param arrivalRate    messages per unit of time
 * @param serviceRate    messages one server finishes per unit of time
 * @param longerThan     in the same unit
 * @returns 0 to 1; 1 when the servers cannot keep up
 */
export function waitExceeds(arrivalRate: number, serviceRate: number, servers: number, longerThan: number): number {
  const spare = servers * serviceRate - arrivalRate;
  if (arrivalRate <= 0) return 0;
  if (spare <= 0) return 1;
  return erlangC(arrivalRate / serviceRate, servers) * Math.exp(-spare * longerThan);
}

/**
 * Smallest number of servers at which at most `1 - percentile` of the messages wait longer than the goal (STAFF-03).
 *
 * @param percentile share of messages that must be in time, above 0 and below 1
 */
export function serversForWait(arrivalRate: number, serviceRate: number, waitGoal: number, percentile: number): number {
  if (arrivalRate <= 0) return 0;
  const late = 1 - percentile;
  let servers = Math.floor(arrivalRate / serviceRate) + 1;
  while (waitExceeds(arrivalRate, serviceRate, servers, waitGoal) > late) servers++;
  return servers;
}
