// Every limit a person can meet, in one place; messages that mention a limit read it from here.

/** Largest document text that is read or written, in bytes (UTF-8). */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024
/** Largest input of an operation on the command line, in bytes; one file may hold many cases. */
export const MAX_INPUT_BYTES = 256 * 1024 * 1024
/** Deepest nesting of objects and arrays in a document or message. */
export const MAX_JSON_DEPTH = 32
/** Most nodes or edges in one document that the page opens. */
export const MAX_DOCUMENT_RECORDS = 20_000
/** Longest name, title or label, in characters. */
export const MAX_NAME_LENGTH = 200
/** Longest note, in characters. */
export const MAX_NOTE_LENGTH = 20_000
/** Most instances of one resource type, and largest count on one edge. */
export const MAX_INSTANCES = 1_000_000
/** Longest message on a wire, in characters of JSON text. */
export const MAX_MESSAGE_CHARS = 24 * 1024 * 1024
/** Most calls of one page that may wait for their answers at once. */
export const MAX_CALLS_AT_ONCE = 256
/** Most pages connected to one host at once. */
export const MAX_CONNECTIONS = 16
/** Most cycles listed in one verdict; a further one is announced as "more exist". */
export const MAX_LISTED_CYCLES = 200
/** Most nodes in all listed cycles together; longer lists are cut even below the number of cycles. */
export const MAX_LISTED_CYCLE_NODES = 100_000
/** The same in a verdict that follows every edit: nobody reads more, and it has to travel each time. */
export const MAX_VERDICT_CYCLE_NODES = 2_000
/** Most wait-for edges listed by one evaluation; there may be as many as requesters times holders. */
export const MAX_LISTED_WAITS = 100_000
/** Most numbers in the Work vectors listed by one evaluation, over all steps together. */
export const MAX_LISTED_WORK = 1_000_000
/** Most work spent looking for cycles, in edges visited, before the search stops and says so. */
export const MAX_CYCLE_WORK = 2_000_000
/** Most events in one run of a simulation, over all branches. */
export const MAX_RUN_EVENTS = 1_000_000
/** Most events that are read or written as text at once, such as a script or an exported trace. */
export const MAX_SCRIPT_EVENTS = 100_000
/** Longest line of a script, in characters. */
export const MAX_LINE_LENGTH = 1_000
/** Most model records (nodes and edges) in a run that is stepped interactively. */
export const MAX_RUN_RECORDS = 5_000
/** Most runs open at once in one session. */
export const MAX_RUNS = 32
/** Most entries in one page of a list that is pulled. */
export const MAX_PAGE = 500
/** Most bytes of unsaved drawings in the data folder before a start says so; none is ever removed by itself. */
export const MANY_DRAFT_BYTES = 50 * 1024 * 1024
/** Most megabytes that a browser started by Interlock keeps as its cache. */
export const CACHE_MB = 50
/** Most files kept in the list of recent files. */
export const MAX_RECENT = 20
/** Most cells of the tables that a drawing is written as. */
export const MAX_TABLE_CELLS = 1_000_000
/** Largest export of a walkthrough that the page is handed, in bytes; the command line writes larger ones. */
export const MAX_EXPORT_BYTES = 16 * 1024 * 1024
/** Most pixels of a picture. */
export const MAX_PICTURE_PIXELS = 64_000_000
/** Most repairs listed for one drawing. */
export const MAX_LISTED_REPAIRS = 60
/** Most changes in one repair that are looked for, when no single change is enough. */
export const MAX_REPAIR_CHANGES = 3
/** Most work spent looking for repairs, in edges visited, before the search stops and says so. */
export const MAX_REPAIR_WORK = 20_000_000
/** Most processes, and most resource types, of a generated drawing. */
export const MAX_GENERATED_NODES = 60
/** Most questions of one exercise. */
export const MAX_EXERCISE_PARTS = 40
/** Most points of one question. */
export const MAX_POINTS = 1_000
/** Most hints of one question. */
export const MAX_HINTS = 10
/** Most records named in one answer. */
export const MAX_ANSWER_ITEMS = 1_000
/** Most entries in the log of one attempt; the last ones are dropped, the hand-in never is. */
export const MAX_LOG_ENTRIES = 2_000

/** Most numbers of one matrix in the input of an operation: processes times types. */
export const MAX_MATRIX_CELLS = 10_000_000

/** Most units of a type in the input of an operation. */
export const MAX_UNITS = 1_000_000

/** Orders of finishing are counted exactly while sets of finished processes, times types, stay below this. */
export const MAX_COUNTED_SUBSETS = 300_000
/** Beyond that it is only said that there are more orders than this. */
export const MAX_LISTED_ORDERS = 1_000

/** Victims of a deadlock are found exactly up to so many deadlocked processes, and greedily beyond. */
export const MAX_EXACT_VICTIMS = 20
/** Most sets of victims listed. */
export const MAX_LISTED_VICTIM_SETS = 100

/** Most files of a pack, or of a folder of hand-ins. */
export const MAX_GRADED_FILES = 5_000

/** A drawing with claims is judged as safe or unsafe after each edit up to so many processes times types. */
export const MAX_VERDICT_CELLS = 250_000

/** Sites of a distributed system are numbered from 1 to this. */
export const MAX_SITES = 99

/** Processes and script events that policies are compared on, and ticks after which a run is cut. */
export const MAX_POLICY_PROCESSES = 50
export const MAX_POLICY_EVENTS = 500
export const MAX_POLICY_TICKS = 2_000

/** Longest simulated time in a drawing of a distributed system, in ms: a day. */
export const MAX_SIM_TIME = 86_400_000
/** Most entries in the plan of a distributed system. */
export const MAX_PLAN_ENTRIES = 500
/** Most nodes of a distributed system that is run. */
export const MAX_NETWORK_NODES = 1_000
/** Most nodes of which matrix clocks are kept and written: each has the square of their number. */
export const MAX_MATRIX_NODES = 8
/** Most events of one run that a verdict or an operation plays to its end. */
export const MAX_NETWORK_EVENTS = 2_000_000
/** Most states that an explorer looks at before it stops and says so. */
export const MAX_EXPLORED_STATES = 2_000_000

/** Most clocks, and most events, in the input of an operation on clocks; all pairs of its events are listed. */
export const MAX_CLOCKS = 1_000
export const MAX_CLOCK_EVENTS = 1_000
/** Most consistent cuts that are looked at to count them and the orders of the events. */
export const MAX_COUNTED_CUTS = 300_000
/** Furthest clock reading from 0 in the input of an operation on clocks, in whatever unit. */
export const MAX_CLOCK_READING = 1e15

/** Most messages that an operation lists one by one. */
export const MAX_LOGGED_MESSAGES = 200_000

/** Most entries in one list, and largest number, in the input of an operation of the topology lab. */
export const MAX_FIGURES = 10_000
export const MAX_FIGURE = 1e15
/** Most groups that share a CPU: each round of sharing lists them. */
export const MAX_CPU_GROUPS = 500
/** Most work of taking memory back piece by piece, in pages or MB times machines. */
export const MAX_RECLAIM_WORK = 20_000_000
/** Most moves in a plan that balances a cluster, and most work of finding them: moves times machines times hosts twice. */
export const MAX_BALANCING_MOVES = 1_000
export const MAX_BALANCING_WORK = 250_000_000
/** Most pieces of memory that one process takes in a run against a limit, and most processes in it. */
export const MAX_GROWTH_PIECES = 1_000
export const MAX_GROWING = 50
/** Most lines of an id map, as in the kernel, and most namespaces inside each other, as in the kernel. */
export const MAX_ID_LINES = 340
export const MAX_USER_NAMESPACES = 32
/** Most layers of an image, and most paths in all of them. */
export const MAX_LAYERS = 128
export const MAX_LAYER_PATHS = 5_000
/** Most levels of a page table. */
export const MAX_PAGE_LEVELS = 16

/** Most nodes, and most pods, of a cluster that an operation schedules. */
export const MAX_CLUSTER_NODES = 20_000
export const MAX_CLUSTER_PODS = 100_000
/** Most nodes times pods that are told with every filter and score. */
export const MAX_SCORED_PAIRS = 20_000
/** Most nodes and pods of a cluster that is played over time, and most events of one such play in an operation. */
export const MAX_SIMULATED_NODES = 500
export const MAX_SIMULATED_PODS = 1_000
export const MAX_CLUSTER_EVENTS = 10_000

/** Most terminals open at once in one host. */
export const MAX_TERMINALS = 12
/** Longest input to a terminal in one call, and most within a second, in characters. */
export const MAX_TERMINAL_INPUT = 65_536
export const MAX_TERMINAL_INPUT_RATE = 1_000_000
/** Smallest and largest size of a terminal, in cells. */
export const MIN_TERMINAL_COLUMNS = 2
export const MAX_TERMINAL_COLUMNS = 500
export const MAX_TERMINAL_ROWS = 300
/** Lines above the screen that the host keeps of a terminal, for a page that comes back. */
export const TERMINAL_SCROLLBACK = 2_000
/** A terminal is paused above so many characters that a page has not yet shown, and goes on below `TERMINAL_LOW`. */
export const TERMINAL_HIGH = 100_000
/**
 * A page tells after so many characters that it has shown them. What it has not told stays below this, so this must not
 * be above `TERMINAL_LOW`, or a paused terminal never goes on.
 */
export const TERMINAL_LOW = 5_000
export const TERMINAL_ACKNOWLEDGE = 5_000
/** A terminal that no page shows any more ends after so many milliseconds: a reload is quicker. */
export const TERMINAL_GRACE_MS = 60_000

/** Most steps of a walkthrough, longest step in milliseconds, and longest caption in characters. */
export const MAX_WALKTHROUGH_STEPS = 2_000
export const MAX_STEP_MS = 600_000
export const MAX_CAPTION_LENGTH = 600

/** Most files that an experiment looks at. */
export const MAX_WATCHED_FILES = 40
/** Most processes in one sample of the kernel; how many more there are is told. */
export const MAX_SAMPLED_PROCESSES = 500
/** Most control groups in one hierarchy that a sample holds. */
export const MAX_SAMPLED_GROUPS = 100
/** Most samples of a recording, most characters of them as JSON text, and most that its terminal showed. */
export const MAX_RECORDED_SAMPLES = 20_000
export const MAX_RECORDED_CHARACTERS = 8 * 1024 * 1024
export const MAX_CAST_CHARACTERS = 2 * 1024 * 1024

/** Least and most memory that `interlock run` gives a container, in bytes. */
export const MIN_CONTAINER_MEMORY = 4 * 1024 * 1024
export const MAX_CONTAINER_MEMORY = 1024 ** 4
/** Most processes, and most CPUs, of a container. */
export const MAX_CONTAINER_PROCESSES = 100_000
export const MAX_CONTAINER_CPUS = 1_024
/** Most system calls that are forbidden by name in one container. */
export const MAX_FORBIDDEN_CALLS = 400

/** Most runs, and most increments of each thread, of a race between threads. */
export const MAX_RACE_RUNS = 1_000
export const MAX_RACE_INCREMENTS = 10_000_000
/** Largest file that the page writes piece by piece, such as a video, and largest piece, in bytes. */
export const MAX_STREAM_BYTES = 8 * 1024 ** 3
export const MAX_STREAM_CHUNK = 1024 * 1024
/** Most files that one page writes so at once. */
export const MAX_STREAMS = 4
