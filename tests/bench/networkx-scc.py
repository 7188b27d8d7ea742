# Times networkx's strongly connected components on a graph that is built already. Reads 32-bit pairs "from to" in the
# machine's byte order; prints the seconds of the better of two runs and the number of components.
import array
import sys
import time

import networkx

ends = array.array("i")
with open(sys.argv[1], "rb") as file:
    ends.frombytes(file.read())
graph = networkx.DiGraph()
graph.add_nodes_from(range(int(sys.argv[2])))
graph.add_edges_from(zip(ends[0::2], ends[1::2]))

best = None
for _ in range(2):
    start = time.perf_counter()
    components = sum(1 for _ in networkx.strongly_connected_components(graph))
    seconds = time.perf_counter() - start
    best = seconds if best is None else min(best, seconds)
print(best, components, networkx.__version__)
