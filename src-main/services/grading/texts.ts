// What grading says: remarks on hand-ins, headings of the report, refusals.
import type { GradeRow } from '../../contract/exercise.ts'

const names = (list: readonly string[]): string =>
  list.length < 2 ? list.join('') : `${list.slice(0, -1).join(', ')} and ${list.at(-1)}`

export const gradingTexts = {
  tooManyFiles: (most: number): string => `There are more than ${most} files. Grade them in smaller folders.`,
  tooLarge: (file: string, most: number): string =>
    `${file} holds more than ${most / 1024 / 1024} MB. Grade smaller parts.`,
  noText: 'This file is not text in UTF-8, so it is no drawing, or it was damaged.',
  badZip: 'This zip file is damaged or of a kind that cannot be read. Unpack it, and grade the folder.',
  packFile: (file: string, why: string): string => `The pack cannot be used: ${file}: ${why}`,
  noExercise: 'The pack holds no exercise. Name a folder, a zip file or a drawing with at least one.',
  twice: (id: string, first: string, second: string): string =>
    `The pack holds the exercise "${id}" twice, in ${first} and in ${second}. Take one of them out.`,

  noTask: 'This drawing holds no exercise, so there is nothing to grade.',
  unknown: (id: string): string => `The exercise "${id}" is not in this pack.`,
  otherLab: (found: string, wanted: string): string => `It belongs to the lab ${found}, and the exercise to ${wanted}.`,
  unanswered: 'not answered',
  noAnswer: 'There is no answer.',
  remarks: {
    notBegun: 'Nobody has begun this copy: it holds no name and no answers.',
    notHandedIn: 'It was not handed in; what is there was graded.',
    changed: (what: readonly string[]): string =>
      `The task was changed: ${names(what)}. The answers were judged by the pack's task.`,
    otherVersion: (what: readonly string[]): string =>
      `The task differs from the pack's: ${names(what)}. Its seal fits, so it may be another version. The answers were judged by the pack's task.`,
    badSeal: 'The seal does not fit the task, although the task is the one of the pack.',
    sameWork: (files: readonly string[]): string => `The answers and the log are the same as in ${names(files)}.`,
    sameStudent: (files: readonly string[]): string => `The same student has also handed in ${names(files)}.`,
  },
  changes: {
    task: 'the text',
    given: 'the drawing that was given',
    rules: 'how it is worked on',
    questions: 'the number or order of the questions',
    question: (number: number): string => `question ${number}`,
  },

  status: {
    right: 'right',
    partly: 'partly right',
    wrong: 'wrong',
    unanswered: 'not answered',
    unreadable: 'cannot be read',
    'unknown-exercise': 'not in the pack',
  } satisfies Record<GradeRow['status'], string>,
  columns: {
    file: 'File',
    student: 'Student',
    number: 'Number',
    exercise: 'Exercise',
    question: 'Question',
    status: 'Result',
    points: 'Points',
    of: 'Of',
    expected: 'Expected',
    found: 'Found',
    where: 'Where',
    sentence: 'Why',
    minutes: 'Minutes',
    handedIn: 'Handed in',
    remarks: 'Remarks',
  },
  report: {
    title: 'Grading report',
    summary: (handIns: number, right: number, rows: number): string =>
      `${handIns} hand-ins, ${right} of ${rows} answers right.`,
    handIns: 'Hand-ins',
    answers: 'Answers',
    nobody: 'no name',
    key: 'Answer key',
  },
  students: {
    empty:
      'The list of students is empty. It needs a heading line with "name" and "number", and a line for each student.',
    heading: (found: string): string =>
      `The list of students needs a column "name" or "number" in its first line; found: ${found}.`,
    noName: (line: number): string => `Line ${line} of the list of students has neither a name nor a number.`,
    twice: (name: string, line: number): string => `${name} is in the list of students twice, again in line ${line}.`,
  },
} as const
