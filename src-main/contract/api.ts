// The one API between host and page: every call with the schema of its input and its output, and the events the host
// pushes. Served over every wire. Inputs are validated in the host before anything is done with them.
// Long, since it is one list.
import { z } from 'zod'
import { DocumentEnvelope, Script } from './document.ts'
import { CheckInfo, AnswerForm, GradeReport, Judgement, Student } from './exercise.ts'
import {
  Exported,
  ExportOptions,
  RunExportOptions,
  RunFormat,
  WalkthroughExportOptions,
  WalkthroughFormat,
} from './export.ts'
import { kernelCalls, KernelSampled } from './kernel-calls.ts'
import { MAX_DOCUMENT_BYTES, MAX_DOCUMENT_RECORDS, MAX_NAME_LENGTH, MAX_PAGE } from './limits.ts'
import { FilmOptions, FilmWords } from './film.ts'
import { LineProblem, RunState, RunStep } from './run.ts'
import { SceneSchema } from './scene-schema.ts'
import { streamCalls } from './stream.ts'
import { terminalCalls, TerminalOutput, TerminalState } from './terminal.ts'
import { Mark, Repair, Verdict } from './verdict.ts'

/** Raised whenever a call changes; host and page of different versions refuse each other with a clear page. */
export const PROTOCOL_VERSION = 9

const LabId = z.string().min(1).max(60)
const Model = z.record(z.string(), z.unknown())
const Text = z.string().max(MAX_DOCUMENT_BYTES)
/** A path relative to the workspace folder, with `/` between parts; empty for the folder itself. */
const WorkspacePath = z.string().max(4096)

/** An open file. The page never learns an absolute path; it holds a handle and the name to show. */
export const FileRef = z.object({
  handle: z.string(),
  /** file name without folder */
  name: z.string(),
  /** folder as it may be shown to a person */
  place: z.string(),
  /** changes with the file's content; saving with an old stamp is refused as `changed-elsewhere` */
  stamp: z.string(),
  /** open to look only: no lock is taken, and nothing is kept or written beside it */
  look: z.literal(true).optional(),
})
export type FileRef = z.infer<typeof FileRef>

export const OpenedDocument = z.object({
  /** null for text that came from an upload or a sample */
  file: FileRef.nullable(),
  document: DocumentEnvelope,
  /** a sentence why it can only be looked at (newer version, read-only file); null when it can be changed */
  readOnly: z.string().nullable(),
  /** things worth knowing that did not stop the opening, such as "migrated from version 1" or "also open in another window" */
  remarks: z.array(z.string()),
  /** label of the format it was read from, such as "Graphviz DOT"; missing for a document of Interlock's own */
  imported: z.string().optional(),
})
export type OpenedDocument = z.infer<typeof OpenedDocument>

export const WorkspaceEntry = z.object({
  name: z.string(),
  path: z.string(),
  /** `text`: a file in a format that a lab reads */
  kind: z.enum(['folder', 'document', 'text', 'other']),
  /** bytes; 0 for a folder */
  size: z.number(),
  /** milliseconds since 1970 */
  modified: z.number(),
})
export type WorkspaceEntry = z.infer<typeof WorkspaceEntry>

export const RecentFile = z.object({ id: z.string(), name: z.string(), place: z.string(), opened: z.number() })
export type RecentFile = z.infer<typeof RecentFile>

/** A drawing that was autosaved and never saved, found after a crash. */
export const Recovery = z.object({
  id: z.string(),
  title: z.string(),
  /** name of the file it belongs to, or null when it was never saved */
  name: z.string().nullable(),
  place: z.string(),
  /** when it was autosaved, milliseconds since 1970 */
  saved: z.number(),
})
export type Recovery = z.infer<typeof Recovery>

/** Small settings of the page, kept by the host between starts. */
export const Settings = z.object({
  theme: z.enum(['system', 'light', 'dark', 'contrast', 'projector']),
  /** factor on the whole page, 1 normally */
  zoom: z.number().min(0.5).max(3),
  /** sizes of panels in CSS pixels, by panel */
  panels: z.record(z.string().max(40), z.number()),
  /** what was exported last and how */
  export: z.object({ to: z.string().max(60), options: ExportOptions.partial() }).optional(),
  /** the first-start sample was shown */
  welcomed: z.boolean(),
  /** labs whose walkthrough was watched or waved away; it is not offered again */
  walkthroughsOffered: z.array(z.string().max(100)).max(100).optional(),
})
export type Settings = z.infer<typeof Settings>
export const defaultSettings: Settings = { theme: 'system', zoom: 1, panels: {}, welcomed: false }

const NumberInfo = z.object({
  key: z.string(),
  label: z.string(),
  type: z.literal('integer'),
  min: z.number(),
  max: z.number(),
  usual: z.number(),
})
/** A generator of a lab as the page offers it. */
export const GeneratorInfo = z.object({
  id: z.string(),
  title: z.string(),
  choices: z.array(
    z.object({
      key: z.string(),
      label: z.string(),
      options: z.array(z.object({ value: z.string(), label: z.string() })),
    }),
  ),
  fields: z.array(NumberInfo),
})
export type GeneratorInfo = z.infer<typeof GeneratorInfo>

const Nothing = z.object({})
/** Whether a file is opened to look only: without lock, autosave and entry in the list of recent files. */
const Look = z.object({ look: z.boolean().optional() })
const RunId = z.string()
const Step = z.number().int().min(0)

export const hostApi = {
  /** The first call on a wire. Refused with `protocol-mismatch` when protocol or build differ. */
  hello: {
    input: z.object({ protocol: z.number().int(), build: z.string() }),
    output: z.object({
      protocol: z.number().int(),
      build: z.string(),
      shell: z.enum(['electron', 'browser']),
      /** true: `files.pick…` show the system's dialogs; false: the page shows its own over `workspace.list` */
      nativeDialogs: z.boolean(),
      /** the workspace folder as it may be shown to a person */
      workspace: z.string(),
    }),
  },

  'samples.list': {
    input: z.object({ lab: LabId }),
    /**
     * `week` is the week of the course that an exercise belongs to, null for a sample that is none; `told` how long the
     * walkthrough takes that a sample brings, in milliseconds, null for one that brings none
     */
    output: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        practice: z.boolean(),
        week: z.number().int().nullable(),
        told: z.number().int().nullable(),
      }),
    ),
  },
  'samples.open': { input: z.object({ lab: LabId, id: z.string().max(100) }), output: OpenedDocument },

  /** A newer call with the same `key` cancels an older one that has not begun, which then fails with `cancelled`. */
  'verdict.of': { input: z.object({ lab: LabId, key: z.string().max(100), model: Model }), output: Verdict },

  /** What would mend a bad verdict, the smallest first; empty when nothing would be mended. Cancelled as `verdict.of` is. */
  'repairs.of': {
    input: z.object({ lab: LabId, key: z.string().max(100), model: Model }),
    /** `remark` says what was not looked for, or null */
    output: z.object({ repairs: z.array(Repair), remark: z.string().nullable() }),
  },

  /** What makes drawings from a seed, with the values a person chooses. */
  'generators.list': { input: z.object({ lab: LabId }), output: z.array(GeneratorInfo) },
  /** A drawing; the same values and seed give the same one. Refused with the reason when none can be as the values say. */
  'generators.make': {
    input: z.object({
      lab: LabId,
      id: z.string().max(60),
      values: z.record(z.string().max(60), z.union([z.string().max(60), z.number()])),
      seed: Script.shape.seed,
    }),
    output: DocumentEnvelope,
  },

  /**
   * Runs an operation of a lab, such as the page's own tables need. A newer call with the same `key` cancels an older
   * one, running or not, which then fails with `cancelled`. Long ones push `progress`.
   */
  'operations.run': {
    input: z.object({ lab: LabId, operation: z.string().max(60), key: z.string().max(100), input: z.unknown() }),
    output: z.unknown(),
  },
  'operations.cancel': { input: z.object({ key: z.string().max(100) }), output: Nothing },

  /** The student's own copy of an exercise: the drawing made from the student's seed where it varies, sealed, begun. */
  'exercise.begin': {
    input: z.object({ document: DocumentEnvelope, student: Student }),
    output: DocumentEnvelope,
  },
  /** What each question asks for, by id of the part; a part that cannot be asked has a sentence instead. */
  'exercise.forms': {
    input: z.object({ document: DocumentEnvelope }),
    output: z.record(z.string(), z.union([AnswerForm, z.object({ kind: z.literal('broken'), sentence: z.string() })])),
  },
  /** Judges the answers of the document's attempt to these parts; parts without an answer are left out. */
  'exercise.judge': {
    input: z.object({ document: DocumentEnvelope, parts: z.array(z.string().max(60)) }),
    output: z.record(z.string(), Judgement),
  },
  /** The right answers in words, by id of the part. */
  'exercise.key': { input: z.object({ document: DocumentEnvelope }), output: z.record(z.string(), z.string()) },
  /** Checks of a lab that questions can be made of, and what an author can set for each. */
  'exercise.checks': { input: z.object({ lab: LabId }), output: z.array(CheckInfo) },

  /** Grades the hand-ins below a folder of the workspace with a pack: a folder, a zip file or one exercise. */
  'grading.run': { input: z.object({ pack: WorkspacePath, folder: WorkspacePath }), output: GradeReport },
  /** Grades again and writes the report as a new file of the workspace; refused with `already-exists` unless `overwrite`. */
  'grading.write': {
    input: z.object({
      pack: WorkspacePath,
      folder: WorkspacePath,
      format: z.enum(['csv', 'html']),
      path: WorkspacePath,
      overwrite: z.boolean(),
    }),
    output: Nothing,
  },

  'runs.open': {
    input: z.object({ lab: LabId, simulation: z.string().max(60), seed: Script.shape.seed, model: Model }),
    /** `lines`: whether its events can be read and written as lines of a script */
    output: z.object({ run: RunId, state: RunState, lines: z.boolean() }),
  },
  /** Plays one event from step `at`; when that event was played from there before, returns the existing step (no new branch). */
  'runs.apply': {
    input: z.object({ run: RunId, at: Step, event: z.unknown() }),
    output: z.object({ step: RunStep, state: RunState }),
  },
  /** Plays on from `at` until nothing is possible, a property changes, or `most` steps were made; chance comes from the run's seed. */
  'runs.continue': {
    input: z.object({ run: RunId, at: Step, most: z.number().int().min(1).max(MAX_PAGE) }),
    output: z.object({ steps: z.array(RunStep), state: RunState }),
  },
  /** Plays on as a seed of its own chooses, through whatever is found on the way. */
  'runs.generate': {
    input: z.object({ run: RunId, at: Step, most: z.number().int().min(1).max(MAX_PAGE), seed: Script.shape.seed }),
    output: z.object({ steps: z.array(RunStep), state: RunState }),
  },
  /** Plays events of a script from step `at`, as far as they are possible; `refused` says why the next one is not. */
  'runs.play': {
    input: z.object({ run: RunId, at: Step, events: z.array(z.unknown()).max(MAX_PAGE) }),
    output: z.object({
      steps: z.array(RunStep),
      refused: z.string().nullable(),
      state: RunState,
    }),
  },
  /** Events as lines of a script, possible or not. */
  'runs.write': {
    input: z.object({ run: RunId, at: Step, events: z.array(z.unknown()).max(MAX_PAGE) }),
    output: z.object({ lines: z.array(z.string()) }),
  },
  /** Reads lines of a script and plays them from step `at`; for each line read the step it led to, null for comments. */
  'runs.read': {
    input: z.object({ run: RunId, at: Step, lines: z.array(z.string()).max(MAX_PAGE) }),
    output: z.object({ steps: z.array(RunStep.nullable()), problem: LineProblem.nullable(), state: RunState }),
  },
  /** Plays the events that make of the state after step `at` the drawing that a gesture has made; refused with the reason. */
  'runs.edited': {
    input: z.object({ run: RunId, at: Step, model: Model }),
    output: z.object({ steps: z.array(RunStep), state: RunState }),
  },
  'runs.state': { input: z.object({ run: RunId, at: Step }), output: RunState },
  /** Steps in the order in which they were made, a page at a time. */
  'runs.steps': {
    input: z.object({ run: RunId, from: Step, count: z.number().int().min(1).max(MAX_PAGE) }),
    output: z.object({ steps: z.array(RunStep), total: z.number().int() }),
  },
  'runs.close': { input: z.object({ run: RunId }), output: Nothing },

  /** System dialogs; null when the person cancelled. Only where hello said `nativeDialogs`. */
  'files.pickOpen': { input: Look, output: OpenedDocument.nullable() },
  'files.pickSave': {
    input: z.object({ text: Text, suggested: z.string().max(MAX_NAME_LENGTH) }),
    output: FileRef.nullable(),
  },
  'files.open': { input: Look.extend({ path: WorkspacePath }), output: OpenedDocument },
  'files.openRecent': { input: Look.extend({ id: z.string().max(200) }), output: OpenedDocument },
  /**
   * Reads text that the page got by upload, drop or paste, with the same parser and the same errors as a file. `name`
   * is empty for text without a file; the format is told from name and content.
   */
  'files.parse': {
    input: z.object({ name: z.string().max(MAX_NAME_LENGTH), text: z.string() }),
    output: OpenedDocument,
  },
  'files.save': {
    input: z.object({ handle: z.string(), stamp: z.string(), text: Text, overwrite: z.boolean() }),
    output: FileRef,
  },
  /** Writes a new file of the workspace; refused with `already-exists` unless `overwrite`. */
  'files.saveAs': { input: z.object({ path: WorkspacePath, text: Text, overwrite: z.boolean() }), output: FileRef },
  /** The document is closed in the page: its lock and its autosave are removed. */
  'files.release': { input: z.object({ handle: z.string() }), output: Nothing },
  'files.recent': { input: Nothing, output: z.array(RecentFile) },
  'files.forgetRecent': { input: Nothing, output: Nothing },
  'workspace.list': {
    input: z.object({ folder: WorkspacePath }),
    output: z.object({ folder: z.string(), parent: z.string().nullable(), entries: z.array(WorkspaceEntry) }),
  },
  'workspace.makeFolder': { input: z.object({ folder: WorkspacePath }), output: Nothing },

  /** Keeps unsaved work: beside the file when it has a handle, else in the host's own folder under `draft`. */
  'autosave.keep': {
    input: z.object({ draft: z.string().max(100), handle: z.string().nullable(), text: Text }),
    output: Nothing,
  },
  'autosave.discard': {
    input: z.object({ draft: z.string().max(100), handle: z.string().nullable() }),
    output: Nothing,
  },
  'recovery.list': { input: Nothing, output: z.array(Recovery) },
  'recovery.open': { input: z.object({ id: z.string().max(4096) }), output: OpenedDocument },
  'recovery.discard': { input: z.object({ id: z.string().max(4096) }), output: Nothing },

  /** A document in a format: a text format of its lab (`TextFormat.id`) or a picture. */
  'export.drawing': {
    input: z.object({ document: DocumentEnvelope, to: z.string().max(60), options: ExportOptions }),
    output: Exported,
  },
  /** The document's walkthrough, its runs played anew. @throws InterlockError `too-large` above MAX_EXPORT_BYTES */
  'export.walkthrough': {
    input: z.object({ document: DocumentEnvelope, to: WalkthroughFormat, options: WalkthroughExportOptions }),
    output: Exported,
  },
  /** The trace of a run of a document, played anew from the events of `script`, of which branches are left out. */
  'export.run': {
    input: z.object({ document: DocumentEnvelope, script: Script, to: RunFormat, options: RunExportOptions }),
    output: Exported,
  },

  /** A moment of a film as markup: see `PaintedShot`. */
  'export.shot': {
    input: z.object({
      scene: SceneSchema,
      selected: z.array(z.string().max(200)).max(MAX_DOCUMENT_RECORDS),
      words: z.array(FilmWords).max(MAX_PAGE),
      look: FilmOptions.shape.look,
      markWords: z.partialRecord(Mark, z.string().max(MAX_NAME_LENGTH)),
    }),
    output: z.object({
      picture: z.string(),
      words: z.array(z.string()),
      background: z.string(),
      box: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }).nullable(),
    }),
  },
  ...streamCalls,

  ...terminalCalls,
  ...kernelCalls,

  /** What a person should know about this start, such as settings that cannot be kept; each sentence is told once. */
  'session.remarks': { input: Nothing, output: z.array(z.string()) },
  /** Removes the list of recent files and all unsaved work that no other window has; saved files and settings stay. */
  'session.forget': { input: Nothing, output: Nothing },

  'settings.get': { input: Nothing, output: Settings },
  'settings.set': { input: Settings.partial(), output: Settings },
} as const

export type HostApi = typeof hostApi
export type CallName = keyof HostApi
export type Input<K extends CallName> = z.input<HostApi[K]['input']>
export type Output<K extends CallName> = z.output<HostApi[K]['output']>

/** What the host pushes without being asked: rare and small, but for the output of terminals. */
export const pageEvents = {
  /** a file given on the command line, or by a second instance of the desktop shell */
  'open-file': z.object({ id: z.string(), look: z.boolean().optional() }),
  /** a menu or shell asks the page to run one of its commands */
  'run-command': z.object({ command: z.string() }),
  /** how much of a running operation is done, 0 to 1; at most ten a second */
  progress: z.object({ key: z.string(), done: z.number() }),
  /** output of a terminal that this page shows; comes under credit, see `terminal.ts` */
  'terminal-output': TerminalOutput,
  /** title, program, size or end of a terminal that this page shows */
  'terminal-state': TerminalState,
  /** there are more samples of a terminal that this page shows and watches; at most ten a second */
  'kernel-sampled': KernelSampled,
} as const
export type PageEvents = typeof pageEvents
export type PageEventName = keyof PageEvents
export type EventPayload<E extends PageEventName> = z.output<PageEvents[E]>
