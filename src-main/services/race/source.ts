// The programs of the race, as texts: in C for a compiler, and in JavaScript for threads of Node. They are shown as they
// are run. Both do the same: two threads start together and add 1 to one counter, again and again.

/**
 * Without optimisation every addition is done as it is written: read, add, write. With it, a compiler may turn the whole
 * loop into one addition, and then there is hardly anything left to lose.
 */
export const compilerFlags = ['-O0', '-pthread'] as const

/** Arguments: increments of each thread, then `mutex` or `none`. Prints the counter and the nanoseconds it took. */
export const cSource = `/* Two threads add to one counter. Without the mutex they lose additions to each other. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static long counter = 0; /* shared by both threads */
static long increments;
static int locked;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static atomic_int ready;
static long long began[2];

static void add_one(void) {
  long seen = counter; /* read */
  seen = seen + 1;     /* add: the other thread may read the same value now */
  counter = seen;      /* write: what the other wrote in between is lost */
}

static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void *work(void *place) {
  atomic_fetch_add(&ready, 1);
  while (atomic_load(&ready) < 2); /* nobody gets a head start */
  *(long long *)place = now();
  for (long i = 0; i < increments; i++) {
    if (locked) pthread_mutex_lock(&mutex);
    add_one();
    if (locked) pthread_mutex_unlock(&mutex);
  }
  return NULL;
}

int main(int count, char **words) {
  pthread_t threads[2];
  if (count != 3) return 2;
  increments = atol(words[1]);
  locked = strcmp(words[2], "mutex") == 0;
  for (int i = 0; i < 2; i++)
    if (pthread_create(&threads[i], NULL, work, &began[i]) != 0) return 3;
  for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);
  printf("%ld %lld\\n", counter, now() - (began[0] < began[1] ? began[0] : began[1]));
  return 0;
}
`

/**
 * Words of the shared memory: 0 counter, 1 mutex, 2 threads that are ready. The mutex is 0 when it
 * is free, 1 when it is held, 2 when somebody may wait for it (U. Drepper, Futexes Are Tricky, 2011).
 */
export const jsSource = `// Two threads add to one counter. Without the mutex they lose additions to each other.
const { parentPort, workerData } = require('node:worker_threads')
const memory = new Int32Array(workerData)
const [COUNTER, MUTEX, READY] = [0, 1, 2]

function lock() {
  let seen = Atomics.compareExchange(memory, MUTEX, 0, 1)
  while (seen !== 0) {
    if (seen === 2 || Atomics.compareExchange(memory, MUTEX, 1, 2) !== 0) Atomics.wait(memory, MUTEX, 2)
    seen = Atomics.compareExchange(memory, MUTEX, 0, 2)
  }
}

function unlock() {
  if (Atomics.exchange(memory, MUTEX, 0) === 2) Atomics.notify(memory, MUTEX, 1)
}

function addOne() {
  const seen = memory[COUNTER] // read
  memory[COUNTER] = seen + 1 // write: what the other thread wrote in between is lost
}

parentPort.on('message', ({ increments, mutex }) => {
  Atomics.add(memory, READY, 1)
  while (Atomics.load(memory, READY) < 2); // nobody gets a head start
  const began = process.hrtime.bigint()
  for (let i = 0; i < increments; i++) {
    if (mutex) lock()
    addOne()
    if (mutex) unlock()
  }
  parentPort.postMessage({ began, ended: process.hrtime.bigint() })
})
`
