// The help of the deadlock lab: a page for each topic of weeks 3 to 5, then pages about working with the lab.
// Each names the samples and exercises that show what it speaks of. Long, since it is text.
import type { HelpEntry } from '../index.ts'
import { wider } from './help-wider.ts'

const week3: readonly HelpEntry[] = [
  {
    id: 'deadlock',
    week: 3,
    title: 'What a deadlock is',
    body: [
      'Processes are in a deadlock when each of them waits for something that only another one of them can bring about. None of them will ever go on, however long one waits.',
      'A process that merely waits is in no deadlock. If somebody who can still go on will give back what it needs, it only has to be patient.',
      {
        term: 'Starvation',
        text: 'A process waits for ever because others are always served before it. The others do go on, so this is no deadlock.',
      },
      {
        term: 'Livelock',
        text: 'Processes keep doing something, such as giving up and trying again, and none of them gets any further.',
      },
    ],
    see: ['gridlock', 'print-spooler', 'starvation', 'livelock-timeout', 'quiz-3'],
  },
  {
    id: 'conditions',
    week: 3,
    title: 'The four conditions',
    body: [
      'A deadlock can arise only where all four of these hold at the same time (Coffman, Elphick and Shoshani, 1971). To take away one of them is enough.',
      { term: 'Mutual exclusion', text: 'A unit is used by one process at a time.' },
      { term: 'Hold and wait', text: 'A process keeps what it has while it waits for more.' },
      { term: 'No preemption', text: 'Nobody takes a unit away from a process; it gives it back when it is done.' },
      {
        term: 'Circular wait',
        text: 'There is a ring of processes in which each waits for a unit that the next one holds.',
      },
      'The verdict lists the four with what in your drawing fulfils or breaks each of them, and below them the smallest changes that would break a deadlock.',
    ],
    see: ['print-spooler', 'left-handed-philosopher', 'conditions'],
  },
  {
    id: 'graph',
    week: 3,
    title: 'The resource allocation graph',
    body: [
      'A circle is a process. A square is a resource type, and each dot in it is one unit of that type.',
      'An arrow from a process to a type is a request: the process waits until it gets that many units. An arrow from a unit to a process is an assignment: the process holds it. A dashed arrow is a claim: the process may ask for that many.',
      'What is available of a type is never drawn. It is the number of its dots that no process holds.',
    ],
    see: ['chain', 'line', 'draw-three'],
  },
  {
    id: 'cycles',
    week: 3,
    title: 'A cycle, and when it is a deadlock',
    body: [
      'Without a cycle in the graph there is no deadlock, as long as nobody asks for more units than exist.',
      'If every type on a cycle has one unit, the cycle is a deadlock. A single process is enough: it waits for ever when it asks again for the only unit, which it holds itself.',
      'If a type has several units, a cycle can be harmless: another process may give back just the unit that is needed. Only the reduction tells.',
    ],
    see: ['cycle-without-deadlock', 'self-wait', 'two-ring', 'cycle-harmless', 'own-cycle'],
  },
  {
    id: 'reduction',
    week: 3,
    title: 'How a deadlock is found: reduction',
    body: [
      'Begin with the units nobody holds and call them Work. Look for a process whose requests all fit into Work. It can finish, so it gives everything it holds back to Work. Look again.',
      'The processes that are left when nobody fits any more are in a deadlock or blocked behind one. When nobody is left there is no deadlock. In which order the processes are taken makes no difference to the answer.',
    ],
    see: ['dining-philosophers', 'philosophers'],
  },
  {
    id: 'states',
    week: 3,
    title: 'Free, on a ring, behind, unsafe, impossible',
    body: [
      { term: 'Free', text: 'Thin outline, check. The process can finish in some order.' },
      {
        term: 'On a ring',
        text: 'Double outline, loop. It is one of the processes that wait for each other. None of them can ever go on.',
      },
      {
        term: 'Behind',
        text: 'Dashed outline, pause. It is on no ring, yet what it needs is held by those who are, or by others who wait for them. Some books call these deadlocked too, others only those on the ring.',
      },
      {
        term: 'Unsafe',
        text: 'Long dashes, question mark. Nobody is in a deadlock, but if all asked for the maximum that they have declared, this process could not finish. It appears only in drawings with claims.',
      },
      {
        term: 'Impossible',
        text: 'Hatched, exclamation mark. It asks for more units than exist, or a type has more assigned than it has. While more is assigned than exists the verdict is withheld, because no real system can be in that state.',
      },
    ],
    see: ['two-rings', 'who-waits'],
  },
]

const week4: readonly HelpEntry[] = [
  {
    id: 'prevention',
    week: 4,
    title: 'Prevention: take one condition away',
    body: [
      'A rule for all processes that makes one of the four conditions impossible prevents every deadlock. Each rule has a price.',
      {
        term: 'Mutual exclusion',
        text: 'Make the resource shareable. That works for what is only read, and for little else.',
      },
      {
        term: 'Hold and wait',
        text: 'Ask for everything at once, or give everything back before asking for more. Units are held long before they are used, and a process that needs many popular types may starve.',
      },
      {
        term: 'No preemption',
        text: 'A process that has to wait loses what it holds and gets it again later. That suits resources whose state can be saved, such as memory; a half-printed page cannot be saved.',
      },
      {
        term: 'Circular wait',
        text: 'Give all types one order, or levels, and let everybody ask upwards only. It costs little while it runs, but processes must ask early for what they need late.',
      },
      'A lock with a timeout gives up instead of waiting for ever. If all wait equally long before they try again, they may meet again and again: a livelock. A random pause helps.',
      'The view Policies (Alt+8) plays one script under each of these rules, with its waiting time, what stands idle, and what is done otherwise than the script says.',
    ],
    see: ['policies-two-locks', 'policies-compared', 'starvation', 'livelock-timeout', 'conditions', 'quiz-4'],
  },
  {
    id: 'safe',
    week: 4,
    title: 'Claims, safe and unsafe',
    body: [
      'Avoidance needs to know the future a little: each process declares the most units of each type that it will ever use at one time. That is its claim, drawn as a dashed arrow, and written P1 ~> R1 x3 in the text.',
      { term: 'Safe', text: 'There is an order in which every process could ask for its whole maximum and finish.' },
      {
        term: 'Unsafe',
        text: 'No such order exists. Nobody need be waiting yet, and if the processes happen to ask for less, all may end well. The system can only no longer promise it.',
      },
      {
        term: 'Deadlocked',
        text: 'It has happened: some processes wait for each other now. Every deadlocked state is unsafe; not every unsafe state is deadlocked.',
      },
      'If every type has one unit, no tables are needed: a request may be granted when turning its arrow into an assignment closes no cycle, claims counted as arrows.',
    ],
    see: ['claim-edges', 'banker-unsafe', 'claims', 'unsafe-not-deadlock'],
  },
  {
    id: 'banker',
    week: 4,
    title: 'The Banker’s algorithm',
    body: [
      'Need is Max minus Allocation: what a process may still ask for. Work begins as what is available. Choose any process whose Need fits into Work, in every type; it can finish, so add its Allocation to Work. When all are chosen, the state is safe (Dijkstra; Habermann for several types).',
      'There are often many safe orders, and each of them is a right answer. The view Banker (Alt+9) counts them, lets you type or press one of your own, and if it fails, names the first step that does, with what is needed and what is there.',
      'The price: maxima must be known beforehand, the number of processes and units must stay as it is, and the check runs at every request. That is why operating systems rarely use it.',
    ],
    see: ['banker-safe', 'banker-ten', 'banker-five', 'banker-own'],
  },
  {
    id: 'paths',
    week: 4,
    title: 'Two processes as paths in a plane',
    body: [
      'Let one process go on to the right and the other upwards. Each field of the plane is a state, and a run is a path that never goes back.',
      'Where both would hold more than exists no path can go. A field from which every way ends at such a region is unsafe: nobody waits yet, but the deadlock cannot be avoided any more. That is where avoidance steps in, one field earlier.',
      'The view Banker (Alt+9) draws the plane for drawings with two processes and two types; press fields to draw a path.',
    ],
    see: ['claim-edges', 'policies-two-locks'],
  },
  {
    id: 'requests',
    week: 4,
    title: 'May this request be granted?',
    body: [
      'Three tests, in this order.',
      {
        term: '1. Within the claim?',
        text: 'A process that asks for more than it has declared makes a mistake, and the request is an error.',
      },
      { term: '2. Available?', text: 'If fewer units are free than it asks for, it has to wait.' },
      {
        term: '3. Still safe?',
        text: 'Pretend that it got them. If the state is safe then, the request is granted; if not, it waits although the units are free.',
      },
    ],
    see: ['banker-safe', 'banker-twelve'],
  },
]

const week5: readonly HelpEntry[] = [
  {
    id: 'detection',
    week: 5,
    title: 'Detection with matrices',
    body: [
      'Detection looks at what processes ask for now, not at what they may ask for. Otherwise it goes like the Banker’s check: Work begins as Available; a process whose Request fits into Work finishes and returns its Allocation. Who is left is deadlocked or blocked behind the deadlock.',
      'A process that asks for nothing can always finish. Compare with the Work of that very step, not with the one you began with.',
      {
        term: 'A process that holds nothing',
        text: 'It can wait, but it cannot make others wait. Some books (Silberschatz; Stallings) mark it as finished from the start, so that it is never listed; plain reduction lists it when it is blocked. Interlock names the rule that it uses.',
      },
    ],
    see: ['detection-three', 'detection-printed', 'detection-mended', 'holds-nothing', 'detection-own'],
  },
  {
    id: 'wait-for',
    week: 5,
    title: 'The wait-for graph',
    body: [
      'Leave out the resource types and draw an arrow from each process to the processes that hold what it asks for. That is the wait-for graph; the verdict lists its arrows as evidence.',
      'With one unit of each type a cycle in it proves a deadlock. A search from each process finds one: an arrow back to a process on the present path closes a cycle, while an arrow to a process that was merely seen before does not.',
      'With several units it only shows who might help whom, which is why the verdict comes from reduction.',
    ],
    see: ['dining-philosophers', 'two-rings'],
  },
  {
    id: 'when',
    week: 5,
    title: 'When to look for deadlocks',
    body: [
      'At every request: a deadlock is found at once, and the request that closed the ring is known, but the search runs all the time. It takes at most about types times processes squared comparisons.',
      'Every so often, or when the processor has little to do because many wait: it costs less, but a deadlock stands for longer, and more processes pile up behind it.',
      'Most systems do neither for ordinary resources and leave it to people to end what hangs. Databases do look, because their locks make deadlocks an everyday matter.',
      'In the view Policies, “Detection and recovery” can be set to look at every wait, every so many ticks, or when few processes run; it shows how long each deadlock stood and what the looks cost.',
    ],
    see: ['policies-compared', 'quiz-5'],
  },
  {
    id: 'recovery',
    week: 5,
    title: 'Recovery: who is the victim?',
    body: [
      { term: 'End all', text: 'End every deadlocked process. Simple, sure, and all their work is lost.' },
      {
        term: 'End one by one',
        text: 'End the cheapest one, look again, and go on until no deadlock is left. It costs a detection for each.',
      },
      {
        term: 'Preempt and roll back',
        text: 'Take units away from one process and set it back to where it did not yet have them.',
      },
      'What makes a victim cheap: low priority, little time used, few units held, much still to do, few others that fall with it. If only that counts, the same process may be chosen again and again; counting how often it has been a victim guards it against starvation.',
      'The view Recovery writes these sums out, lets you move the weights, and plays each way to recover.',
    ],
    see: ['recovery-ring', 'recovery-starvation', 'recovery-two-rings'],
  },
]

const working: readonly HelpEntry[] = [
  {
    id: 'text',
    week: null,
    title: 'The drawing as text',
    body: [
      'The view Text shows the drawing as statements, one a line: P1 -> R1 asks, R1 -> P1 holds, R1 has 2 says how many units a type has, P1 holds R1, wants R2 x2 says it in words, P1 ~> R2 x3 or P1 claims R2 x3 declares a maximum, and process P3 or type R3 names what has no arrows. A # begins a comment.',
      'Text and drawing follow each other. While a line is not understood, the drawing waits; F8 goes to the next such line. Comments and your own order of lines stay when the drawing changes.',
      'Names with blanks or other signs stand in double quotes. Two of the same name are told apart as name@id. Arrows between the same two add up.',
    ],
  },
  {
    id: 'script',
    week: null,
    title: 'Scripts: requests and releases in order',
    body: [
      'Play requests and releases, choose Script, and write one event on each line: P1 requests R2, R2 grants P1, P1 releases R2, P1 withdraws R2. For two units write x2 behind it. A line that begins with # is a comment, and a name with blanks or signs stands in "double quotes".',
      'A request waits until it is granted, as a whole. A process that waits does nothing else; it can only withdraw its request. R2 grants, without a process, grants the only request that fits.',
      'The step at which a deadlock arises is marked on the line above the steps. Choose another event from an earlier step and a branch begins; branches can be named, kept with the drawing and compared.',
      'While the recording is on, drawing a request or an assignment, or deleting one, is written as events.',
      'With the lamp beside the transport, or Alt+A, each step is asked about before it is shown: predict, check, go on.',
    ],
  },
  {
    id: 'exercises',
    week: null,
    title: 'Exercises: answer, check, hand in',
    body: [
      'An exercise opens with its task in the tab Task beside the drawing. Write your name or number and choose Begin: some exercises then make a drawing of your own numbers.',
      'Check says whether an answer is right, and if not, what is the first thing wrong with it. Where the verdict is hidden, it appears when you have answered.',
      'Hand in saves a copy under the exercise’s and your name. Give that file to your instructor. Until then you can take it back and go on.',
    ],
    see: ['two-ring', 'banker-ten'],
  },
  {
    id: 'grading',
    week: null,
    title: 'For instructors: set, hand out and grade',
    body: [
      'Make an exercise of this drawing (in the menu Open, or Ctrl+K) opens the task for writing: the text, the questions with points and hints, whether the verdict stays hidden, and whether each student gets a drawing of their own. The right answer of each question stands below it.',
      'Grade hand-ins (Alt+Q) asks for the exercises and for the folder of files that came back. Each answer is judged against your exercise, never against what the file says its task was; files that are empty, damaged, renamed or changed are rows with a remark. A row opens the drawing at the place in question, and the report is saved as CSV or HTML.',
      'On the command line, interlock hand-out makes one document for each student of a list, with a key for you, and interlock grade does the same as the report here.',
    ],
  },
  {
    id: 'keys',
    week: null,
    title: 'Drawing with the keyboard',
    body: [
      'P adds a process and R a resource type. Arrow keys move the selection by one grid step, with Shift by five.',
      'E starts a connection from the selected node: choose the other end with Tab or the arrow keys, Enter connects, Escape leaves. Connecting the same pair once more raises the count. C makes the next lines claims, and C again requests.',
      'Plus and minus change the number of units, F2 renames, Delete deletes. Everything can be undone.',
      'While a run is open, a full stop takes the next step, a comma steps back, and K plays or pauses.',
    ],
  },
]

export const help: readonly HelpEntry[] = [...week3, ...week4, ...week5, ...wider, ...working]
