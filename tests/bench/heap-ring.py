# A token going round a ring of nodes as a plain loop over a heap of events, the least that a simulation of it can be.
# Prints seconds for the number of events given, that number, and the version of Python.
import heapq
import platform
import sys
import time

nodes, events = int(sys.argv[2]), int(sys.argv[3])


def run():
    heap = [(10.0, 0, 0)]
    number = 0
    holders = [0] * nodes
    done = 0
    while done < events:
        at, _, node = heapq.heappop(heap)
        holders[node] += 1
        number += 1
        heapq.heappush(heap, (at + 10.0, number, (node + 1) % nodes))
        done += 1
    return done


best = None
for _ in range(3):
    start = time.perf_counter()
    found = run()
    took = time.perf_counter() - start
    best = took if best is None else min(best, took)
print(best, found, "Python " + platform.python_version())
