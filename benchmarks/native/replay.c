/*
 * The closed loop of src/replay in C: the limit that benchmarks/native-replay.ts measures against.
 *
 * The same model and the same order of operations, so that columns agree to the last bit: fluid queue with the age of its head, exact
 * between events; alarms of any period over depth, age, arrivals, messages in flight or backlog per instance; step policies with
 * warm-up, credit and limits; launch and termination delays; decisions with repeats folded. Arrays of fixed size instead of
 * growing ones, no texts. Input and output are files of doubles, see native-replay.ts.
 *
 * gcc -O3 -march=native -ffp-contract=off -o replay replay.c -lm
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { DEPTH, AGE, IN_FLIGHT, SENT, PER_INSTANCE };
enum { AVERAGE, SUM, MINIMUM, MAXIMUM };
enum { GTE, GT, LT, LTE };
enum { MISSING, IGNORE, BREACHING, NOT_BREACHING };
enum { OK, ALARM, INSUFFICIENT };
enum { CHANGE, EXACT, PERCENT };
enum { NOT, NO_STEP, CREDITED, IN_PROGRESS, AT_MAX, AT_MIN, DISABLED, ZERO };
#define STEPS 20
#define POLICIES 8
#define ALARMS 8

typedef struct { int steps, type, aggregation, magnitude, warmup; double lower[STEPS], upper[STEPS]; int adjustment[STEPS]; int step, outcome, last_step, last_outcome; long last; } Policy;
typedef struct { int measure, statistic, minutes, periods, needed, op, missing, phase, lag, range, state, policies; double threshold; Policy policy[POLICIES]; double *values; int offset; double *points; int from; int *kinds, oldest, index, count; } Alarm;
/* Thirteen whole numbers, as many as a row of ours; metric and datapoints are in the columns. */
typedef struct { int minute, alarm, policy, step, base, delta, credited, before, after, blocked, repeats, warm, warming; } Decision;
typedef struct { double in_service, warm; int count; } Launch;
typedef struct { double gone; int count; } Leaving;
typedef struct { double launched; int before, count; } Cohort;

static int minutes, alarms;
static double *arrivals, start_seconds, rate, launch_delay, terminate_delay;
static int min_size, max_size, extra;
static Alarm alarm_[ALARMS];
static double *times, *sent, *backlogs, *ages, *desireds, *in_services;
static Decision *decisions; static long decided; static long changed;

/* Queue. */
static double backlog, age, processed, now_q, peak, worst, drained, initial_backlog, initial_age;
static double m_peak, m_least, m_worst, m_least_age, m_backlog, m_age, m_processed;
static int head; static double departed;
/* Group. */
static double now, next_in; static int desired, in_service, warming, terminating, peak_in, launches_n, terminations_n;
static Launch *launches; static int launched, entered; static Leaving *leaving; static int leaving_n;
static Cohort *cohorts; static long cohort_from, cohort_to; static double paid, billed;

static inline int breaches(int op, double v, double t) { return op == GTE ? v >= t : op == GT ? v > t : op == LT ? v < t : v <= t; }

static inline void note_age(double turned_at, double turned, double reached_at, double reached) {
  m_age += ((turned + reached) / 2) * (reached_at - turned_at);
  double larger = turned > reached ? turned : reached;
  if (larger > m_worst) m_worst = larger;
  if (reached < m_least_age) m_least_age = reached;
  if (larger > worst) worst = larger;
}

static void work(int minute, double busy, double per_second, double after) {
  double served = per_second * busy;
  processed += served; m_processed += served;
  m_backlog += ((backlog + after) / 2) * busy;
  backlog = after;
  if (after > m_peak) m_peak = after;
  if (after < m_least) m_least = after;
  if (after > peak) { peak = after; drained = NAN; }
  double left = served, turned_at = now_q, turned = age;
  while (head < minute) {
    double remaining = (head < 0 ? initial_backlog : arrivals[head]) - departed;
    if (left < remaining) break;
    left -= remaining; head++; departed = 0;
    if (remaining > 0) {
      double reached_at = now_q + (served - left) / per_second, reached = reached_at - head * 60.0;
      note_age(turned_at, turned, reached_at, reached);
      turned_at = reached_at;
    }
    turned = turned_at - head * 60.0; if (!(turned > 0)) turned = 0;
    if (turned < m_least_age) m_least_age = turned;
  }
  departed += left;
  double end = now_q + busy, at = end;
  if (head < 0) at = -initial_age * (1 - departed / initial_backlog);
  else if (arrivals[head] > 0) at = head * 60.0 + (60 * departed) / arrivals[head];
  double reached = end - at; if (!(reached > 0)) reached = 0;
  note_age(turned_at, turned, end, reached);
  age = reached;
}

static inline void through(int minute, double to) {
  double per = arrivals[minute] / 60, came = per * (to - now_q);
  processed += came; m_processed += came; now_q = to; head = minute; departed = per * (to - minute * 60.0);
}

static void advance(int minute, double to) {
  double seconds = to - now_q; if (seconds <= 0) return;
  double per_second = in_service * rate, net = arrivals[minute] / 60 - per_second;
  if (backlog == 0 && net <= 0) { through(minute, to); return; }
  double empty = net < 0 ? backlog / -net : INFINITY;
  if (empty > seconds) { work(minute, seconds, per_second, backlog + net * seconds); now_q = to; return; }
  work(minute, empty, per_second, 0);
  now_q += empty; age = 0; m_least_age = 0; if (isnan(drained)) drained = now_q;
  through(minute, to);
}

static void enter(int minute) {
  advance(minute, next_in);
  in_service += launches[entered++].count;
  if (in_service > peak_in) peak_in = in_service;
  next_in = entered < launched ? launches[entered].in_service : INFINITY;
}

static void settle(void) {
  int kept = 0; warming = 0;
  for (int i = 0; i < launched; i++) {
    if (i < entered && launches[i].warm <= now) continue;
    warming += launches[i].count; launches[kept++] = launches[i];
  }
  entered -= launched - kept; launched = kept;
  kept = 0; terminating = 0;
  for (int i = 0; i < leaving_n; i++) {
    if (leaving[i].gone <= now) continue;
    terminating += leaving[i].count; leaving[kept++] = leaving[i];
  }
  leaving_n = kept;
}

static void pay(Cohort *c, int count, double end) {
  double s = end - c->launched; paid += s * count; billed += (c->before || s > 60 ? s : 60) * count;
}

static void set_desired(int to, int warmup) {
  int change = to - desired; desired = to;
  if (change > 0) {
    double in = now + launch_delay;
    launches[launched++] = (Launch){in, in + warmup, change};
    if (next_in == INFINITY) next_in = in;
    cohorts[cohort_to++] = (Cohort){now, 0, change}; launches_n += change;
  } else if (change < 0) {
    int left = -change; double gone = now + terminate_delay;
    in_service -= left; terminations_n += left; leaving[leaving_n++] = (Leaving){gone, left};
    while (left > 0) { Cohort *c = cohorts + cohort_from; int take = left < c->count ? left : c->count; pay(c, take, gone); c->count -= take; if (!c->count) cohort_from++; left -= take; }
  }
  settle();
}

static int verdict(const Alarm *a, const double *p, int from, int length, int previous) {
  int real = 0, breaching = 0, oldest = 0;
  for (int i = from + length - 1; i >= from && real < a->periods; i--) {
    if (isnan(p[i])) continue;
    real++; if (breaches(a->op, p[i], a->threshold)) { breaching++; oldest = from + length - i; }
  }
  if (real >= a->periods) return breaching >= a->needed ? ALARM : OK;
  if (a->missing == BREACHING || a->missing == NOT_BREACHING) return breaching + (a->missing == BREACHING ? a->periods - real : 0) >= a->needed ? ALARM : OK;
  int otherwise = a->missing == IGNORE ? previous : INSUFFICIENT;
  if (!real) return otherwise;
  if (breaching >= a->needed) return ALARM;
  if (breaching < real) return OK;
  if (oldest >= a->needed) return a->missing == MISSING ? ALARM : previous;
  return otherwise;
}

#define GONE (1 << 16)
static inline int take(Alarm *a) {
  double v = a->values[++a->index]; int kind = isnan(v) ? GONE : breaches(a->op, v, a->threshold);
  a->count += kind - a->kinds[a->oldest]; a->kinds[a->oldest] = kind; a->oldest = a->oldest + 1 < a->periods ? a->oldest + 1 : 0;
  return a->count;
}

static void look(Alarm *a, int newest) {
  int end = a->offset + newest;
  if (a->minutes == 1) { a->from = end - a->range + 1; a->points = a->values; return; }
  for (int back = 0; back < a->range; back++) {
    int last = end - back * a->minutes, count = 0; double sum = 0, least = INFINITY, most = -INFINITY;
    for (int i = last - a->minutes + 1; i <= last; i++) { double v = a->values[i]; if (isnan(v)) continue; count++; sum += v; if (v < least) least = v; if (v > most) most = v; }
    a->points[a->range - 1 - back] = !count ? NAN : a->statistic == AVERAGE ? sum / count : a->statistic == SUM ? sum : a->statistic == MINIMUM ? least : most;
  }
  a->from = 0;
}

static int judge(Alarm *a, int newest) {
  look(a, newest);
  if (a->minutes == 1) {
    int count = take(a);
    if (count < GONE) return count >= a->needed;
    int length = a->range < a->index + 1 ? a->range : a->index + 1;
    return verdict(a, a->values, a->index + 1 - length, length, a->state);
  }
  return verdict(a, a->points, 0, a->range, a->state);
}

static double aggregate(const Alarm *a, int how) {
  int used = 0; double r = how == 0 ? 0 : how == 1 ? INFINITY : -INFINITY;
  for (int i = a->from + a->range - 1; i >= a->from && used < a->periods; i--) {
    double v = a->points[i]; if (isnan(v)) continue; used++;
    if (how == 0) r += v; else if (how == 1) r = v < r ? v : r; else r = v > r ? v : r;
  }
  return how == 0 ? r / used : used ? r : NAN;
}

static int delta_of(const Policy *p, int adjustment, int base) {
  if (p->type == CHANGE) return adjustment;
  if (p->type == EXACT) return adjustment - base;
  double d = ((double)base * adjustment) / 100; int r = d == 0 ? 0 : d > 0 ? (d < 1 ? 1 : (int)floor(d)) : d > -1 ? -1 : (int)ceil(d);
  if (r > 0 && r < p->magnitude) return p->magnitude;
  if (r < 0 && -r < p->magnitude) return -p->magnitude;
  return r;
}

static int clamp(int c) { int m = c < max_size ? c : max_size; return m > min_size ? m : min_size; }

/* The outcome as one number: capacity above, what blocked below. */
static int outcome_of(const Policy *p, int step, int warm, int *base_, int *delta_, int *out_) {
  int same = desired << 3;
  if (step < 0) { *base_ = warm; *delta_ = 0; *out_ = 1; return same | NO_STEP; }
  int adjustment = p->adjustment[step], out = p->type == EXACT ? adjustment > warm : adjustment > 0;
  int base = out ? warm : warm + warming + terminating, delta = delta_of(p, adjustment, base);
  *base_ = base; *delta_ = delta; *out_ = out;
  if (!delta) return same | ZERO;
  int candidate = base + delta, wanted = clamp(candidate);
  if (out) return wanted > desired ? wanted << 3 : same | (candidate > max_size ? AT_MAX : CREDITED);
  if (warming > 0 || desired > warm) return same | IN_PROGRESS;
  if (wanted < desired) return wanted << 3;
  return same | (candidate < min_size ? AT_MIN : CREDITED);
}

static void evaluate(int minute, int from, int to) {
  int acting = 0; now = minute * 60.0 + alarm_[from].phase;
  for (int i = from; i < to; i++) {
    Alarm *a = alarm_ + i; int state = judge(a, minute + a->lag);
    if (state != a->state) { a->state = state; changed++; for (int k = 0; k < a->policies; k++) a->policy[k].last_outcome = -1; }
    if (state == ALARM) acting += a->policies;
  }
  if (!acting) return;
  while (next_in <= now) enter(minute);
  settle();
  int pending = 0; for (int i = entered; i < launched; i++) pending += launches[i].count;
  int warm = in_service - (warming - pending), proposed = -1, base[ALARMS][POLICIES], delta[ALARMS][POLICIES], out[ALARMS][POLICIES];
  for (int i = from; i < to; i++) {
    Alarm *a = alarm_ + i; if (a->state != ALARM) continue;
    for (int k = 0; k < a->policies; k++) {
      Policy *p = a->policy + k; double d = aggregate(a, p->aggregation) - a->threshold;
      int upper = d > 0 || (d == 0 && (a->op == GTE || a->op == GT)), step = -1;
      for (int s = 0; s < p->steps; s++) if (upper ? p->lower[s] <= d && d < p->upper[s] : p->lower[s] < d && d <= p->upper[s]) { step = s; break; }
      p->step = step; p->outcome = outcome_of(p, step, warm, &base[i][k], &delta[i][k], &out[i][k]);
      int b = p->outcome & 7; if ((b == NOT || b == CREDITED || b == AT_MAX || b == AT_MIN) && (p->outcome >> 3) > proposed) proposed = p->outcome >> 3;
    }
  }
  int wanted = proposed < 0 ? desired : proposed, warmup = 0;
  for (int i = from; i < to; i++) {
    Alarm *a = alarm_ + i; if (a->state != ALARM) continue;
    for (int k = 0; k < a->policies; k++) {
      Policy *p = a->policy + k; int b = p->outcome & 7;
      if (p->last_step == p->step && p->last_outcome == p->outcome && b != NOT && p->last >= 0) { decisions[p->last].repeats++; continue; }
      if (b == NOT && (p->outcome >> 3) == wanted && p->warmup > warmup) warmup = p->warmup;
      int inflight = out[i][k] ? desired - base[i][k] : base[i][k] - desired, size = abs(delta[i][k]), credited = size < inflight ? size : inflight;
      Decision *d = decisions + decided; p->last = decided++;
      *d = (Decision){.minute = minute, .alarm = i, .policy = k, .step = p->step, .base = base[i][k], .delta = delta[i][k], .credited = credited > 0 ? credited : 0, .before = desired, .after = wanted, .blocked = b, .warm = warm, .warming = warming};
      p->last_step = p->step; p->last_outcome = p->outcome;
    }
  }
  if (wanted != desired) { if (wanted < desired) advance(minute, now); set_desired(wanted, warmup); }
}

static void publish(int minute, const unsigned char *silent) {
  if (silent && silent[minute]) return;
  for (int i = 0; i < alarms; i++) {
    Alarm *a = alarm_ + i; double v;
    switch (a->measure) {
      case SENT: v = arrivals[minute]; break;
      case IN_FLIGHT: v = m_processed / (rate * 60); break;
      case AGE: v = a->statistic == MAXIMUM ? m_worst : a->statistic == MINIMUM ? m_least_age : m_age / 60; break;
      default: v = a->statistic == MAXIMUM ? m_peak : a->statistic == MINIMUM ? m_least : m_backlog / 60;
        if (a->measure == PER_INSTANCE) v = in_service > 0 ? v / in_service : NAN;
    }
    a->values[a->offset + minute] = v;
  }
}

static void run(double initial, double oldest, int instances, const unsigned char *silent) {
  backlog = initial; age = initial > 0 ? oldest : 0; initial_backlog = initial; initial_age = age; head = initial > 0 ? -1 : 0; departed = 0; processed = 0; now_q = 0;
  peak = backlog; worst = age; drained = NAN; desired = in_service = peak_in = instances; warming = terminating = launches_n = terminations_n = 0; launched = entered = leaving_n = 0; cohort_from = cohort_to = 0; paid = billed = 0; next_in = INFINITY; decided = changed = 0; now = 0;
  if (instances > 0) cohorts[cohort_to++] = (Cohort){0, 1, instances};
  set_desired(clamp(instances), 0);
  for (int i = 0; i < alarms; i++) {
    Alarm *a = alarm_ + i; a->state = INSUFFICIENT; for (int k = 0; k < a->offset + minutes; k++) a->values[k] = NAN;
    for (int k = 0; k < a->periods; k++) a->kinds[k] = GONE;
    a->count = a->periods * GONE; a->oldest = 0; int before = a->offset + a->lag; a->index = (before - a->periods > 0 ? before - a->periods : 0) - 1; while (a->index < before - 1) take(a);
    for (int k = 0; k < a->policies; k++) { a->policy[k].last_step = a->policy[k].last_outcome = -1; a->policy[k].last = -1; }
  }
  for (int minute = 0; minute < minutes; minute++) {
    m_peak = m_least = backlog; m_worst = m_least_age = age; m_backlog = m_age = m_processed = 0;
    for (int i = 0; i < alarms;) { int to = i + 1; while (to < alarms && alarm_[to].phase == alarm_[i].phase) to++; evaluate(minute, i, to); i = to; }
    while (next_in < minute * 60.0 + 60) enter(minute);
    advance(minute, minute * 60.0 + 60);
    times[minute] = start_seconds + minute * 60.0; sent[minute] = arrivals[minute]; backlogs[minute] = m_peak; ages[minute] = m_worst; desireds[minute] = desired; in_services[minute] = in_service;
    publish(minute, silent);
  }
  for (long i = cohort_from; i < cohort_to; i++) pay(cohorts + i, cohorts[i].count, minutes * 60.0);
}

static double *in; static double get(void) { return *in++; }
static double ms(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec * 1e3 + t.tv_nsec / 1e6; }

/* usage: replay INPUT OUTPUT; runs once for each byte of standard input, up to its end or a q, and prints the time, milliseconds; writes OUTPUT at its end */
int main(int count, char **word) {
  if (count < 3) return 2;
  FILE *f = fopen(word[1], "rb"); fseek(f, 0, SEEK_END); long size = ftell(f); rewind(f); double *all = malloc(size); if (fread(all, 1, size, f) != (size_t)size) return 3; fclose(f);
  in = all; minutes = get(); start_seconds = get(); rate = get(); launch_delay = get(); terminate_delay = get(); extra = get(); min_size = get(); max_size = get();
  double initial = get(), oldest = get(); int instances = get(), silent_n = get(); alarms = get();
  int offset = get();
  for (int i = 0; i < alarms; i++) {
    Alarm *a = alarm_ + i; a->measure = get(); a->statistic = get(); a->minutes = get(); a->periods = get(); a->needed = get(); a->threshold = get(); a->op = get(); a->missing = get(); a->phase = get(); a->lag = get(); a->policies = get();
    a->range = a->periods + extra; a->offset = offset; a->values = malloc(sizeof(double) * (offset + minutes)); a->points = malloc(sizeof(double) * a->range); a->kinds = malloc(sizeof(int) * a->periods);
    for (int k = 0; k < a->policies; k++) { Policy *p = a->policy + k; p->type = get(); p->aggregation = get(); p->magnitude = get(); p->warmup = get(); p->steps = get(); for (int s = 0; s < p->steps; s++) { p->lower[s] = get(); p->upper[s] = get(); p->adjustment[s] = get(); } }
  }
  arrivals = in; in += minutes;
  unsigned char *silent = NULL; if (silent_n) { silent = malloc(minutes); for (int i = 0; i < minutes; i++) silent[i] = get(); }
  double **column[] = {&times, &sent, &backlogs, &ages, &desireds, &in_services}; for (int i = 0; i < 6; i++) *column[i] = NULL;
  decisions = NULL; launches = malloc(sizeof(Launch) * 100000); leaving = malloc(sizeof(Leaving) * 100000); cohorts = malloc(sizeof(Cohort) * ((size_t)minutes + 10));
  for (int asked; (asked = getchar()) != EOF && asked != 'q';) {
    /* A result belongs to who asked for it, so each run has memory of its own, as ours has; what was asked for before is let go. */
    for (int i = 0; i < 6; i++) free(*column[i]);
    free(decisions);
    double began = ms();
    for (int i = 0; i < 6; i++) *column[i] = malloc(sizeof(double) * minutes);
    decisions = malloc(sizeof(Decision) * (size_t)minutes * 4);
    run(initial, oldest, instances, silent); printf("%.6f\n", ms() - began); fflush(stdout);
  }
  f = fopen(word[2], "wb"); for (int i = 0; i < 6; i++) fwrite(*column[i], 8, minutes, f);
  double figures[] = {decided, changed, launches_n, terminations_n, peak_in, peak, worst, paid, billed, processed}; fwrite(figures, 8, 10, f);
  for (long i = 0; i < decided; i++) { Decision *d = decisions + i; Alarm *a = alarm_ + d->alarm; look(a, d->minute + a->lag);
    double row[] = {d->minute * 60.0 + a->phase, d->alarm, d->policy, d->step, aggregate(a, a->policy[d->policy].aggregation), d->base, d->delta, d->credited, d->before, d->after, d->blocked, d->repeats}; fwrite(row, 8, 12, f); }
  fclose(f); return 0;
}
