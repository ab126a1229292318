/*
 * M/M/c message by message in C: one binary heap of events, a ring of those that wait. The limit that
 * benchmarks/native-messages.ts measures against. Knows no timeouts, no receives in batches, no gauges.
 *
 * gcc -O3 -march=native -o messages messages.c -lm; usage: messages MESSAGES LAMBDA MU SERVERS SEED; prints milliseconds and mean wait
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef struct {
  double at;
  int end; /* 1: work ends, 0: a message arrives */
} Event;

#define ROOM (1 << 20)
static Event heap[8192];
static int size;
static double line[ROOM];
static uint64_t state;

/* splitmix64 */
static double uniform(void) {
  uint64_t z = (state += 0x9e3779b97f4a7c15ull);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
  return ((z ^ (z >> 31)) >> 11) * 0x1.0p-53;
}

static double exponential(double rate) { return -log1p(-uniform()) / rate; }

static void push(double at, int end) {
  int hole = size++;
  while (hole > 0) {
    int parent = (hole - 1) / 2;
    if (heap[parent].at <= at) break;
    heap[hole] = heap[parent];
    hole = parent;
  }
  heap[hole] = (Event){at, end};
}

static Event pop(void) {
  Event first = heap[0], last = heap[--size];
  int hole = 0;
  for (int child = 1; child < size; child = 2 * hole + 1) {
    if (child + 1 < size && heap[child + 1].at < heap[child].at) child++;
    if (heap[child].at >= last.at) break;
    heap[hole] = heap[child];
    hole = child;
  }
  heap[hole] = last;
  return first;
}

int main(int count, char **word) {
  if (count < 6) return 2;
  long messages = atol(word[1]), arrived = 0, served = 0, front = 0, back = 0;
  double lambda = atof(word[2]), mu = atof(word[3]), waited = 0;
  int servers = atoi(word[4]), busy = 0;
  state = (uint64_t)atol(word[5]);
  struct timespec began, ended;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &began);
  push(exponential(lambda), 0);
  while (served < messages) {
    Event event = pop();
    if (!event.end) {
      if (++arrived < messages) push(event.at + exponential(lambda), 0);
      if (busy < servers) {
        busy++;
        push(event.at + exponential(mu), 1);
      } else {
        line[back++ % ROOM] = event.at;
      }
    } else {
      served++;
      if (front < back) {
        waited += event.at - line[front++ % ROOM];
        push(event.at + exponential(mu), 1);
      } else {
        busy--;
      }
    }
  }
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ended);
  printf("%.6f %.12g\n", (ended.tv_sec - began.tv_sec) * 1e3 + (ended.tv_nsec - began.tv_nsec) / 1e6, waited / messages);
  return 0;
}
