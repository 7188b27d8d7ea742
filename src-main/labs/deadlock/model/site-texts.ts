// What is said about processes on several sites: probes that chase who waits for whom, and a detector that collects
// reports. Pure functions of names and numbers.
import { counted, list, number, ring } from './words.ts'

/** names said in one sentence before "and 4 more" */
const MOST = 6

const names = (all: readonly string[]): string => list(all.slice(0, MOST), MOST, all.length)
const through = (route: readonly string[]): string => (route.length === 0 ? '' : ` through ${names(route)}`)
const whose = (name: string): string => `${name}’s probe`

const waitClauses = (waits: readonly (readonly [string, string])[], how: string): string =>
  names(waits.map(([process, holder]) => `${process} ${how} waits for ${holder}`))

/** Where a probe went on from somebody it reached. */
export interface Onward {
  /** reached within the site */
  within: readonly string[]
  /** sent to other sites: whom, and where */
  sent: readonly { name: string; site: number }[]
  /** the initiator, when it was reached within its own site */
  back: string | null
}

function onward({ within, sent, back }: Onward): string {
  const parts = [
    ...(within.length === 0 ? [] : [`reaches ${names(within)} on the same site without a message`]),
    ...(back === null ? [] : [`comes back to ${back}, which is deadlocked`]),
    ...(sent.length === 0 ? [] : [`is sent to ${names(sent.map(({ name, site }) => `${name} on site ${site}`))}`]),
  ]
  return list(parts)
}

export const siteTexts = {
  severalUnits: (type: string, units: number): string =>
    `${type} has ${number(units)} units. Who waits for whom tells a deadlock only where each type has one unit: ` +
    `give ${type} one unit, or play requests and releases instead.`,
  heldTwice: (type: string, units: number): string =>
    `${type} has one unit, and ${number(units)} are assigned. Take assignments of it away.`,
  noSiteWord: (found: string): string => `"${found}" is no site. Sites have numbers, such as site 2.`,

  probes: {
    label: 'Chase with probes',
    start: 'Start: nobody has sent a probe',
    columns: ['Site', 'Waits for', 'Seen', 'Coming', 'Result'],
    nobody: '–',
    deadlocked: 'deadlocked',
    notBack: 'not back',
    line: 'A line says who starts or receives, such as P1 starts a probe, or P2 receives the probe of P1 from P3.',
    coming: (initiator: string, from: string): string => `${initiator} from ${from}`,
    noProcess: (id: string): string => `There is no process with the id "${id}" in this drawing.`,
    notWaiting: (process: string): string =>
      `${process} waits for nobody, so it cannot be deadlocked and starts no probe. Choose a process that waits.`,
    startedBefore: (process: string): string =>
      `${process} has started its probe already. Deliver the messages that are on their way.`,
    notUnderway: (initiator: string, from: string, to: string): string =>
      `No probe of ${initiator} is on its way from ${from} to ${to}. Choose one of the possible events.`,
    starts: (process: string, on: Onward): string => `${process} starts a probe; it ${onward(on)}`,
    comesBack: (initiator: string, from: string): string =>
      `${initiator} is deadlocked: its probe comes back from ${from}`,
    backAgain: (initiator: string, from: string): string =>
      `${whose(initiator)} comes back to it once more, from ${from}`,
    dropped: (process: string, initiator: string, from: string): string =>
      `${process} gets ${whose(initiator)} from ${from} and drops it, since the probe was there before`,
    ends: (process: string, initiator: string, from: string): string =>
      `${process} gets ${whose(initiator)} from ${from} and drops it, since ${process} does not wait`,
    nothingNew: (process: string, initiator: string, from: string): string =>
      `${process} gets ${whose(initiator)} from ${from}; it goes no further, since it was there before`,
    passesOn: (process: string, initiator: string, from: string, on: Onward): string =>
      `${process} gets ${whose(initiator)} from ${from}; it ${onward(on)}`,
    endsWithin: (process: string, initiator: string, from: string, within: readonly string[]): string =>
      `${process} gets ${whose(initiator)} from ${from}; it reaches ${names(within)} on the same site and ends there`,
    found: 'deadlock',
    nothingFound: 'No probe has come back.',
    declared: (process: string, route: readonly string[]): string =>
      `Deadlock: ${whose(process)} came back to it${through(route)}, so ${process} waits for itself.`,
    declaredMany: (processes: readonly string[]): string =>
      `Deadlock: the probes of ${names(processes)} came back, so each of them waits for itself.`,
    status: (underway: number, messages: number, initiators: number, most: number): string => {
      const way = underway === 0 ? 'No probe is on its way' : `${counted(underway, 'probe')} on the way`
      const each = initiators === 1 ? 'each wait' : 'each initiator and each wait'
      return `${way}. ${counted(messages, 'message')} sent of at most ${number(most * initiators)}: one for ${each} between two sites.`
    },
    ready: (waiting: readonly string[]): string =>
      `${names(waiting)} ${waiting.length === 1 ? 'waits' : 'wait'}. Whoever waits can start a probe.`,
    nobodyWaits: 'Nobody waits, so there is nothing to chase.',
    end: (deadlocked: readonly string[], others: readonly string[], messages: number, most: number): string =>
      (deadlocked.length === 0 ? 'No probe came back: nobody is on a ring.' : `Deadlocked: ${names(deadlocked)}.`) +
      (others.length === 0 || deadlocked.length === 0
        ? ''
        : ` ${names(others)} ${others.length === 1 ? 'waits' : 'wait'} behind.`) +
      ` ${counted(messages, 'message')} of at most ${number(most)}.`,
    summary:
      'Chases a deadlock over several sites with probes and says who finds itself deadlocked with how many messages.',
  },

  detector: {
    label: 'Play with a central detector',
    start: 'Start: the detector knows who waits',
    columns: ['Site', 'Waits for', 'Detector', 'Coming'],
    nobody: '–',
    line:
      'A line is a request, grant or release, such as P1 requests R2; or site 2 reports, detector asks again, ' +
      'site 2 answers.',
    begins: (holder: string): string => `waits for ${holder}`,
    ends: (holder: string): string => `no longer for ${holder}`,
    noReport: (site: number): string =>
      `Nothing is on its way from site ${number(site)}. Choose one of the possible events.`,
    noCycle: 'The detector sees no cycle, so it has nothing to ask again.',
    askedBefore: 'The detector has asked already. Let the sites answer.',
    notAsked: (site: number): string => `Site ${number(site)} was not asked. Choose one of the possible events.`,
    reportsWait: (site: number, process: string, holder: string): string =>
      `Site ${number(site)} reports: ${process} waits for ${holder}`,
    reportsEnd: (site: number, process: string, holder: string): string =>
      `Site ${number(site)} reports: ${process} no longer waits for ${holder}`,
    asks: (sites: readonly number[]): string =>
      `The detector asks ${sites.length === 1 ? 'site' : 'sites'} ${list(sites.map(String))} again whether these waits still stand`,
    answersStill: (site: number, waits: readonly (readonly [string, string])[]): string =>
      `Site ${number(site)} answers: ${waitClauses(waits, 'still')}`,
    answersNo: (site: number, waits: readonly (readonly [string, string])[]): string =>
      `Site ${number(site)} answers: ${waitClauses(waits, 'no longer')}`,
    foundPhantom: 'phantom deadlock',
    foundDeadlock: 'deadlock',
    nothingSeen: 'The detector sees no cycle that is not there.',
    nothingFound: 'The detector sees no deadlock.',
    phantom: (members: readonly string[], gone: readonly [string, string], truth: readonly string[]): string =>
      `Phantom: the detector sees ${ring(members)}, yet ${gone[0]} no longer waits for ${gone[1]}. ` +
      (truth.length === 0
        ? 'Nobody is deadlocked.'
        : `In truth ${names(truth)} ${truth.length === 1 ? 'is' : 'are'} deadlocked.`),
    seen: (members: readonly string[]): string => `Deadlock: the detector sees ${ring(members)}, and it is so.`,
    quiet: (reports: number): string =>
      reports === 0
        ? 'The detector knows what is so, and sees no cycle.'
        : `The detector sees no cycle. ${counted(reports, 'report')} on the way.`,
    unseen: (stuck: readonly string[], reports: number): string =>
      `${names(stuck)} ${stuck.length === 1 ? 'is' : 'are'} deadlocked, and the detector does not know it yet: ${counted(reports, 'report')} on the way.`,
    asking: (members: readonly string[], sites: readonly number[]): string =>
      `The detector sees ${ring(members)} and waits for the ${sites.length === 1 ? 'answer of site' : 'answers of sites'} ` +
      `${list(sites.map(String))}.`,
    confirmed: (members: readonly string[]): string =>
      `Confirmed: every wait of ${ring(members)} stood before the question and stands after it, so all stood at once.`,
    acts: (sentence: string): string => `${sentence} Whoever acts on it now kills a process for nothing.`,
  },
} as const
