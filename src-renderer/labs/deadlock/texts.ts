// Words of the deadlock lab that only the page says. What the engine says as well is in the lab's model.
import type { HelpEntry } from '../index.ts'

export const texts = {
  title: 'Deadlock',
  legend: { request: 'P asks for R', assignment: 'a unit of R is held by P' },
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
    title: 'Free, on a ring, behind, impossible',
    body: [
      'Free (thin outline, check): the process can finish in some order.',
      'On a ring (double outline, loop): it is one of the processes that wait for each other. None of them can ever go on.',
      'Behind (dashed outline, pause): it is on no ring, yet what it needs is held by those who are, or by others who wait for them.',
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
