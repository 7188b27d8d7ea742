// What is said about a line of a script that cannot be read. Pure functions of the line's own words.
import { didYouMean } from '../../../contract/near-names.ts'
import { list } from '../model/words.ts'

const EXAMPLE = 'P1 requests R2'

export const scriptTexts = {
  sign: (sign: string): string => `"${sign}" has no meaning here. Put names with such signs in double quotes.`,
  openQuote: 'The quote is not closed. End the name with ".',
  tooShort: `An event has a name and what happens, such as ${EXAMPLE} or R1 grants P2.`,
  verb: (found: string, verbs: readonly string[]): string =>
    `"${found}" is nothing that can happen. Write ${list([...verbs.slice(0, -1), `or ${verbs.at(-1)}`]).replace(' and or ', ' or ')}, such as ${EXAMPLE}.${didYouMean(found, verbs)}`,
  noObject: (verb: string): string => `Say which resource type, such as ${EXAMPLE.replace('requests', verb)}.`,
  unknown: (kind: 'process' | 'resource type', name: string, names: readonly string[]): string =>
    `There is no ${kind} called ${name}.${didYouMean(name, names)}`,
  otherKind: (kind: 'process' | 'resource type', name: string): string =>
    kind === 'process'
      ? `${name} is a resource type. A process requests, releases and withdraws; a resource type grants.`
      : `${name} is a process, and a resource type is expected here.`,
  ambiguous: (name: string, written: readonly string[]): string =>
    `Several are called ${name}. Say which: ${list(written, 4)}.`,
  noId: (name: string, id: string): string => `Nothing called ${name} has the id ${id}.`,
  count: (found: string): string => `"${found}" is no number of units. Write x2 for two units.`,
  more: (found: string): string => `Nothing is expected from "${found}" on. One event stands on one line.`,
  nobodyAsks: (type: string): string => `Nobody asks for ${type}, so it has nothing to grant.`,
  noneFits: (type: string): string => `No request for ${type} fits what is available of it.`,
  whom: (type: string, processes: readonly string[]): string =>
    `${list(processes, 4)} ask for ${type}. Say whom it is granted to, such as ${type} grants ${processes[0] ?? 'P1'}.`,
}
