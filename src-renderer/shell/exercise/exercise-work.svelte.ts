// A student's work on the exercise of a document: answers, what was checked, the log and the time. It lives beside the
// editor, so that undo in the drawing never takes an answer back or a log entry away. Asks the host for judgements.
import type { DocumentEnvelope } from '@contract/document.ts'
import type { Answer, Attempt, Exercise, Judgement } from '@contract/exercise.ts'
import { MAX_LOG_ENTRIES } from '@contract/limits.ts'
import type { Output } from '@contract/api.ts'
import type { Caller } from '../connection/client.ts'

type Forms = Output<'exercise.forms'>
type LogEntry = Attempt['log'][number]

/** Somebody who does nothing for longer than this is taken to have gone. */
const IDLE_SECONDS = 60

interface WorkOptions {
  exercise: Exercise
  attempt: Attempt | null
  host: Caller
  /** the whole document as it is now */
  document: () => DocumentEnvelope
  /** something that is saved has changed */
  changed: () => void
  now?: () => number
}

export class ExerciseWork {
  readonly exercise: Exercise
  attempt: Attempt | null = $state.raw(null)
  /** what each question asks for, by id; null until it is known */
  forms: Forms | null = $state.raw(null)
  error: string | null = $state(null)
  /** of the answers as they are; an answer that was changed since has none */
  judgements: Readonly<Record<string, Judgement>> = $state.raw({})
  /** id of the question that is being judged */
  judging: string | null = $state(null)
  readonly #options: WorkOptions
  #active: number | null = null

  constructor(options: WorkOptions) {
    this.#options = options
    this.exercise = options.exercise
    this.attempt = options.attempt
  }

  /** The answers are not to be seen before they are given: verdict, marks and runs stay hidden. */
  get conceals(): boolean {
    const { exercise, attempt } = this
    if (!exercise.conceal || this.handedIn) return false
    return attempt === null || exercise.parts.some(({ id }) => !attempt.committed.includes(id))
  }

  get handedIn(): boolean {
    return typeof this.attempt?.handedIn === 'number'
  }

  /** Whether right and wrong are told now. */
  get tells(): boolean {
    return this.exercise.feedback === 'at-once' || this.handedIn
  }

  get points(): { points: number; of: number } {
    const { parts } = this.exercise
    const points = parts.reduce((sum, part) => sum + (this.judgements[part.id]?.share ?? 0) * part.points, 0)
    return { points: Math.round(points * 100) / 100, of: parts.reduce((sum, part) => sum + part.points, 0) }
  }

  hints(part: string): number {
    return this.attempt?.log.filter((entry) => entry.did === 'hint' && entry.part === part).length ?? 0
  }

  tries(part: string): number {
    return this.attempt?.log.filter((entry) => entry.did === 'checked' && entry.part === part).length ?? 0
  }

  /** Asks what the questions ask for, and judges again what was checked before. */
  async load(): Promise<void> {
    const { host, document } = this.#options
    try {
      this.forms = await host.call('exercise.forms', { document: document() })
      this.error = null
      const { attempt } = this
      if (attempt === null || !this.tells) return
      const parts = this.handedIn ? this.exercise.parts.map(({ id }) => id) : attempt.committed
      if (parts.length > 0) this.judgements = await host.call('exercise.judge', { document: document(), parts })
    } catch (error) {
      this.error = error instanceof Error ? error.message : String(error)
    }
  }

  /** @param answer null takes the answer back */
  answer(part: string, answer: Answer | null): void {
    const { attempt } = this
    if (attempt === null || this.handedIn) return
    this.#forget([part])
    const others = Object.entries(attempt.answers).filter(([id]) => id !== part)
    const answers = Object.fromEntries(answer === null ? others : [...others, [part, answer] as const])
    this.#put({ ...attempt, answers })
  }

  /** The drawing has changed: what was said of answers that are drawings holds no longer. */
  drawn(): void {
    this.#active ??= this.#now()
    const drawings = Object.entries(this.forms ?? {}).filter(([, form]) => form.kind === 'drawing')
    this.#forget(drawings.map(([part]) => part))
  }

  /** Commits an answer, and has it judged where right and wrong are told at once. */
  async check(part: string): Promise<void> {
    const { attempt } = this
    if (attempt === null || this.handedIn || this.judging !== null) return
    const drawing = this.forms?.[part]?.kind === 'drawing'
    const answer: Answer | undefined = drawing ? { kind: 'drawing' } : attempt.answers[part]
    if (answer === undefined) return
    const committed = attempt.committed.includes(part) ? attempt.committed : [...attempt.committed, part]
    const answers = { ...attempt.answers, [part]: answer }
    this.#put({ ...attempt, answers, committed })
    if (!this.tells) return this.#log({ did: 'checked', part })
    this.judging = part
    try {
      const { host, document } = this.#options
      const judged = await host.call('exercise.judge', { document: document(), parts: [part] })
      const judgement = judged[part]
      if (judgement === undefined || this.attempt?.answers[part] !== answer) return
      this.judgements = { ...this.judgements, [part]: judgement }
      this.#log({ did: 'checked', part, right: judgement.right })
      this.error = null
    } catch (error) {
      this.error = error instanceof Error ? error.message : String(error)
    } finally {
      this.judging = null
    }
  }

  hint(part: string): void {
    const hints = this.exercise.parts.find(({ id }) => id === part)?.hints.length ?? 0
    if (!this.handedIn && this.hints(part) < hints) this.#log({ did: 'hint', part })
  }

  /** From now on the work can only be looked at, until it is taken back. */
  handIn(): void {
    const { attempt } = this
    if (attempt === null || this.handedIn) return
    // What was drawn is an answer although nothing was checked.
    const drawings = Object.entries(this.forms ?? {}).filter(([, form]) => form.kind === 'drawing')
    const drawn = Object.fromEntries(drawings.map(([part]) => [part, { kind: 'drawing' as const }]))
    this.#log({ did: 'handed-in' }, { ...attempt, answers: { ...drawn, ...attempt.answers }, handedIn: this.#now() })
    void this.load()
  }

  takeBack(): void {
    const { attempt } = this
    if (attempt === null) return
    this.#put({ ...attempt, handedIn: null })
    const kept = Object.entries(this.judgements).filter(([part]) => attempt.committed.includes(part))
    this.judgements = this.tells ? Object.fromEntries(kept) : {}
  }

  #forget(parts: readonly string[]): void {
    if (!parts.some((part) => part in this.judgements)) return
    this.judgements = Object.fromEntries(Object.entries(this.judgements).filter(([part]) => !parts.includes(part)))
  }

  #log(entry: Omit<LogEntry, 'at'>, attempt = this.attempt): void {
    if (attempt === null) return
    const log = [...attempt.log, { at: this.#now(), ...entry }].slice(0, MAX_LOG_ENTRIES)
    this.#put({ ...attempt, log })
  }

  #put(attempt: Attempt): void {
    const now = this.#now()
    const since = this.#active === null ? 0 : Math.round((now - this.#active) / 1000)
    this.#active = now
    this.attempt = { ...attempt, seconds: attempt.seconds + Math.max(0, Math.min(IDLE_SECONDS, since)) }
    this.#options.changed()
  }

  #now(): number {
    return (this.#options.now ?? Date.now)()
  }
}
