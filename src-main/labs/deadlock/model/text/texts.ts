// The words of the text form: what may be wrong with a text, and what to write instead. Knows no grammar.
import { MAX_DOCUMENT_RECORDS, MAX_INSTANCES, MAX_NAME_LENGTH } from '../../../../contract/limits.ts'
import { number } from '../words.ts'

/** What is wrong, and how it is mended. */
export interface Complaint {
  message: string
  remedy: string
}

const forms = 'Lines look like P1 -> R1, or R1 has 2, or P1 holds R1, wants R2, claims R3, or process P1.'
const kindWords = { process: 'process', resource: 'resource type' } as const
type Kind = keyof typeof kindWords

export const textTexts = {
  label: 'Interlock text',
  unknownSign: (sign: string): Complaint => ({
    message: `${sign} means nothing here.`,
    remedy: /[-=<>]/.test(sign)
      ? 'An arrow is written ->, from the process that asks to the type, or from the type to the process that holds it.'
      : 'A name with other signs than letters, digits and _ . \' stands in double quotes, such as "CPU 1".',
  }),
  reserved: (word: string): Complaint => ({
    message: `${word} is a word of this language and cannot stand here.`,
    remedy: `As a name it is written in double quotes: "${word}".`,
  }),
  countAsName: (word: string): Complaint => ({
    message: `${word} is a count, and nothing stands before it that could be counted.`,
    remedy: `A name like this is written in double quotes: "${word}".`,
  }),
  countAtStart: (word: string): Complaint => ({
    message: `The count ${word} stands at the beginning of an arrow or of a statement.`,
    remedy: `Write the count after what is asked for or held, such as P1 -> R1 ${word}.`,
  }),
  openQuote: { message: 'The quotation mark is not closed.', remedy: 'Put a " behind the name.' },
  quoteSigns: {
    message: 'This name has a control character, such as a tab, in it.',
    remedy: 'Leave it out, or write a blank.',
  },
  emptyName: { message: 'This name is empty.', remedy: 'Write at least one sign between the quotation marks.' },
  longName: (length: number): Complaint => ({
    message: `This name has ${number(length)} characters.`,
    remedy: `A name has at most ${number(MAX_NAME_LENGTH)}.`,
  }),
  idAlone: { message: 'Nothing stands before the @.', remedy: 'Write the name, then @ and the id, such as P1@a.' },
  verb: (word: string, near: string | null): Complaint => ({
    message: `${word} is not understood here.`,
    remedy: near === null ? `After a name comes ->, holds, wants, claims or has. ${forms}` : `Did you mean ${near}?`,
  }),
  lone: (name: string): Complaint => ({
    message: `${name} stands alone.`,
    remedy: `Write process ${name} or ${name} has 1 to have it in the drawing, or -> and where it leads.`,
  }),
  arrowNowhere: { message: 'The arrow leads nowhere.', remedy: 'Name what it leads to, such as P1 -> R1.' },
  arrowFromNowhere: { message: 'The arrow comes from nowhere.', remedy: 'Name what it comes from, such as P1 -> R1.' },
  nothingNamed: (word: string): Complaint => ({
    message: `Nothing is named after ${word}.`,
    remedy: word.startsWith('process')
      ? 'Name it, such as process P1.'
      : `Name it, such as ${word} R1, or take ${word} away.`,
  }),
  amount: (text: string | null): Complaint => ({
    message: text === null ? 'The number after has is missing.' : `${text} is not a number of instances.`,
    remedy: `Write a whole number from 1 to ${number(MAX_INSTANCES)}, such as R1 has 2.`,
  }),
  count: (text: string): Complaint => ({
    message: `${text} is not a count.`,
    remedy: `A count goes from x1 to x${MAX_INSTANCES}.`,
  }),
  asksFor: { message: 'asks stands without for.', remedy: 'Write asks for, or wants.' },
  notUnderstood: (text: string): Complaint => ({ message: `${text} is not understood here.`, remedy: forms }),

  secondHas: (name: string, line: number): Complaint => ({
    message: `How many instances ${name} has is said in line ${line} already.`,
    remedy: 'Keep one of the two lines.',
  }),
  secondClaim: (process: string, type: string): Complaint => ({
    message: `What ${process} claims of ${type} is said already.`,
    remedy: 'A claim is the most that it may ever hold. Say it once.',
  }),
  otherKind: (name: string, kind: Kind, line: number): Complaint => ({
    message: `${name} is a ${kindWords[kind]} by line ${line}.`,
    remedy: 'Use another name here, or change that line.',
  }),
  samekind: (from: string, to: string, kind: Kind): Complaint => ({
    message: `${from} and ${to} are both ${kind === 'process' ? 'processes' : 'resource types'}.`,
    remedy: 'An arrow joins a process and a resource type.',
  }),
  itself: (name: string): Complaint => ({
    message: `This arrow leads from ${name} to itself.`,
    remedy: 'An arrow joins a process and a resource type.',
  }),
  looksAlike: (from: string, to: string): Complaint => ({
    message: `${from} and ${to} both look like ${/^p/i.test(from) ? 'processes' : 'resource types'}.`,
    remedy: `An arrow joins a process and a resource type. If one of them is the other kind, say so: ${/^p/i.test(from) ? 'type' : 'process'} ${to}.`,
  }),
  unclear: (name: string, near: string | null): Complaint => ({
    message: `Whether ${name} is a process or a resource type cannot be told.`,
    remedy:
      near === null
        ? `Add the line process ${name} or type ${name}.`
        : `Did you mean ${near}? Otherwise add the line process ${name} or type ${name}.`,
  }),
  tooMany: (name: string): Complaint => ({
    message: `The counts for ${name} add up to more than ${number(MAX_INSTANCES)}.`,
    remedy: 'Arrows between the same two are added up. Take some away.',
  }),
  tooLarge: {
    message: `This is more than a drawing holds: ${number(MAX_DOCUMENT_RECORDS)} nodes and as many edges.`,
    remedy: 'Leave a part of it out.',
  },
  failed: (place: string, complaint: Complaint, more: number): string =>
    `${place}: ${complaint.message} ${complaint.remedy}${more === 0 ? '' : ` And ${more === 1 ? '1 more problem' : `${number(more)} more problems`}.`}`,
  place: (line: number, column: number): string => `Line ${line}, column ${column}`,
}
