// Words of the deadlock lab that only the page says. What the engine says as well is in the lab's model.
import type { HelpEntry } from '../index.ts'

export const texts = {
  title: 'Deadlock',
  legend: { request: 'P asks for R', claim: 'P may ask for R: a claim', assignment: 'a unit of R is held by P' },
  invitation: 'Drag a process here, or press P.',

  available: {
    title: 'Available',
    columns: { type: 'Type', total: 'Total', assigned: 'Assigned', available: 'Available' },
    empty: 'A resource type appears here with its units. Add one with R.',
    derived: 'Worked out from the drawing: total minus assigned.',
    tooMany: (type: string, over: number) =>
      `${type}: ${over} ${over === 1 ? 'unit is' : 'units are'} assigned that ${over === 1 ? 'does' : 'do'} not exist`,
    shown: (shown: number, total: number) => `The first ${shown} of ${total} types are listed.`,
  },
}

/** What the tour says: what is to be seen, and what to do with the mouse or by keyboard. */
export const tourTexts = {
  verdict: {
    title: 'Read the verdict',
    text: 'Five philosophers each hold one fork and wait for the next. Interlock judges the drawing while it changes: one word, and a sentence that says why.',
  },
  evidence: {
    title: 'Ask for the reason',
    text: 'Move the pointer over a line of the evidence, or go there with Tab. What it speaks of lights up in the drawing.',
  },
  unit: {
    title: 'Add a unit',
    text: 'Click this fork and press +. It now has two units, and the verdict changes: the same ring does no harm.',
  },
  draw: {
    title: 'Draw a process',
    text: 'Drag Process from here into the drawing, or press P. It holds nothing and waits for nobody yet.',
  },
  connect: {
    title: 'Draw an arrow',
    text: 'Move over the new process, take its round handle and drag it to a fork: it asks for that fork. By keyboard: select it, press E, choose with the arrow keys, press Enter.',
  },
  step: {
    title: 'See how the answer was found',
    text: 'Press Step through the reduction, then take two steps with the button at the lower edge, or with the full stop on the keyboard. A comma goes back.',
  },
  find: {
    title: 'Find everything else here',
    text: 'Ctrl+K finds every command by its name and ? shows all shortcuts. Alt+X closes the run. Now draw something of your own: Alt+N.',
  },
}

export const help: readonly HelpEntry[] = [
  {
    id: 'graph',
    title: 'The resource allocation graph',
    body: [
      'A circle is a process. A square is a resource type, and each dot in it is one unit of that type.',
      'An arrow from a process to a type is a request: the process waits until it gets that many units. An arrow from a unit to a process is an assignment: the process holds it.',
      'What is available of a type is never drawn. It is the number of its dots that no process holds.',
    ],
  },
  {
    id: 'text',
    title: 'The drawing as text',
    body: [
      'The view Text shows the drawing as statements, one a line: P1 -> R1 asks, R1 -> P1 holds, R1 has 2 says how many units a type has, P1 holds R1, wants R2 x2 says it in words, P1 ~> R2 x3 or P1 claims R2 x3 declares a maximum, and process P3 or type R3 names what has no arrows. A # begins a comment.',
      'Text and drawing follow each other. While a line is not understood, the drawing waits; F8 goes to the next such line. Comments and your own order of lines stay when the drawing changes.',
      'Names with blanks or other signs stand in double quotes. Two of the same name are told apart as name@id. Arrows between the same two add up.',
    ],
  },
  {
    id: 'reduction',
    title: 'How a deadlock is found: reduction',
    body: [
      'Begin with the units nobody holds and call them Work. Look for a process whose requests all fit into Work. It can finish, so it gives everything it holds back to Work. Look again.',
      'The processes that are left when nobody fits any more are in a deadlock or blocked behind one. When nobody is left there is no deadlock. In which order the processes are taken makes no difference to the answer.',
      'If each type has one unit, a cycle is the same as a deadlock. If types have several units, a cycle can be harmless: a process off the cycle may give back just what is needed.',
    ],
  },
  {
    id: 'states',
    title: 'Free, on a ring, behind, unsafe, impossible',
    body: [
      'Free (thin outline, check): the process can finish in some order.',
      'On a ring (double outline, loop): it is one of the processes that wait for each other. None of them can ever go on.',
      'Behind (dashed outline, pause): it is on no ring, yet what it needs is held by those who are, or by others who wait for them.',
      'Unsafe (long dashes, question mark): nobody is in a deadlock, but if all asked for the maximum that they have declared, this process could not finish. It appears only in drawings with claims.',
      'Impossible (hatched, exclamation mark): it asks for more units than exist, or a type has more assigned than it has. While more is assigned than exists the verdict is withheld, because no real system can be in that state.',
    ],
  },
  {
    id: 'wait-for',
    title: 'The wait-for graph',
    body: [
      'Leave out the resource types and draw an arrow from each process to the processes that hold what it asks for. That is the wait-for graph; the verdict lists its arrows as evidence.',
      'With one unit of each type a cycle in it proves a deadlock. With several units it only shows who might help whom, which is why the verdict comes from reduction.',
    ],
  },
  {
    id: 'script',
    title: 'Scripts: requests and releases in order',
    body: [
      'Play requests and releases, choose Script, and write one event on each line: P1 requests R2, R2 grants P1, P1 releases R2, P1 withdraws R2. For two units write x2 behind it. A line that begins with # is a comment, and a name with blanks or signs stands in "double quotes".',
      'A request waits until it is granted, as a whole. A process that waits does nothing else; it can only withdraw its request. R2 grants, without a process, grants the only request that fits.',
      'The step at which a deadlock arises is marked on the line above the steps. Choose another event from an earlier step and a branch begins; branches can be named, kept with the drawing and compared.',
      'While the recording is on, drawing a request or an assignment, or deleting one, is written as events.',
    ],
  },
  {
    id: 'keys',
    title: 'Drawing with the keyboard',
    body: [
      'P adds a process and R a resource type. Arrow keys move the selection by one grid step, with Shift by five.',
      'E starts a connection from the selected node: choose the other end with Tab or the arrow keys, Enter connects, Escape leaves. Connecting the same pair once more raises the count.',
      'Plus and minus change the number of units, F2 renames, Delete deletes. Everything can be undone.',
      'While a run is open, a full stop takes the next step, a comma steps back, and K plays or pauses.',
    ],
  },
]
