// The exercise that an open drawing holds: a student's work on it, or its writing by an author, or neither. Knows the
// drawing through what it is given.
import type { DocumentEnvelope } from '@contract/document.ts'
import { InterlockError } from '@contract/errors.ts'
import type { Attempt, Exercise, Given } from '@contract/exercise.ts'
import { texts } from '../../ui/texts/index.ts'
import type { Caller } from '../connection/client.ts'
import { ExerciseDraft, newExercise } from './exercise-draft.svelte.ts'
import { ExerciseWork } from './exercise-work.svelte.ts'

interface Parts {
  host: Caller
  lab: string
  /** the whole document as it is now */
  document(): DocumentEnvelope
  /** the drawing as students would be given it now */
  given(): Given
  title(): string
  /** something that is saved has changed */
  changed(): void
}

export class DocumentExercise {
  work: ExerciseWork | null = $state.raw(null)
  draft: ExerciseDraft | null = $state.raw(null)
  readonly #parts: Parts

  constructor(parts: Parts, { exercise, attempt = null }: { exercise?: Exercise; attempt?: Attempt | null }) {
    this.#parts = parts
    this.work = exercise === undefined ? null : this.#working(exercise, attempt)
  }

  /** What the document carries along. */
  get fields(): { exercise?: Exercise; attempt?: Attempt } {
    const { work, draft } = this
    if (draft !== null) return { exercise: { ...draft.exercise, given: this.#parts.given() } }
    if (work === null) return {}
    return { exercise: work.exercise, ...(work.attempt !== null && { attempt: work.attempt }) }
  }

  /** Whether an exercise can be made of the drawing, or the one it holds be changed: nobody has begun it. */
  get writable(): boolean {
    return this.draft === null && (this.work?.attempt ?? null) === null
  }

  /** From now on the exercise is written, and students are given the drawing as it becomes. */
  async write(): Promise<void> {
    const { host, lab, title, given } = this.#parts
    const [first] = await host.call('exercise.checks', { lab })
    if (first === undefined) throw new InterlockError('bad-input', texts.authoring.noChecks)
    this.#set(null, this.#writing(this.work?.exercise ?? newExercise(title(), first.id, given())))
  }

  /** The exercise as students get it. */
  finish(): void {
    const { exercise } = this.fields
    if (this.draft !== null && exercise !== undefined) this.#set(this.#working(exercise, null), null)
  }

  /** @returns what brings the exercise back */
  drop(): () => void {
    const exercise = this.draft?.exercise
    this.#set(null, null)
    return () => {
      if (exercise !== undefined && this.work === null && this.draft === null) this.#set(null, this.#writing(exercise))
    }
  }

  /** The drawing has changed. */
  drawn(): void {
    this.work?.drawn()
    this.draft?.drawn()
  }

  #working(exercise: Exercise, attempt: Attempt | null): ExerciseWork {
    const { host, document, changed } = this.#parts
    return new ExerciseWork({ exercise, attempt, host, document, changed })
  }

  #writing(exercise: Exercise): ExerciseDraft {
    const { host, lab, document, changed } = this.#parts
    return new ExerciseDraft({ exercise, lab, host, document, changed })
  }

  #set(work: ExerciseWork | null, draft: ExerciseDraft | null): void {
    this.draft?.close()
    this.work = work
    this.draft = draft
    this.#parts.changed()
    void work?.load()
    void draft?.load()
  }
}
