// An exercise while its author writes it. What is given to students is always the drawing as it is now. Every value fits
// the contract at any moment, so that the document can be kept and saved while it is half written.
import type { Output } from '@contract/api.ts'
import type { DocumentEnvelope } from '@contract/document.ts'
import type { CheckInfo, Exercise, ExercisePart } from '@contract/exercise.ts'
import { MAX_EXERCISE_PARTS, MAX_HINTS, MAX_NOTE_LENGTH, MAX_POINTS } from '@contract/limits.ts'
import type { Caller } from '../connection/client.ts'

/** Milliseconds after the last change before the key is asked for. */
const KEY_AFTER = 300

interface DraftOptions {
  exercise: Exercise
  lab: string
  host: Caller
  document: () => DocumentEnvelope
  changed: () => void
}

/** Letters, digits and hyphens, as the ids of exercises have them; never empty. */
export function slugOf(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  return plain.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60).replace(/-+$/, '') || 'exercise' // prettier-ignore
}

export class ExerciseDraft {
  exercise: Exercise = $state.raw(null as unknown as Exercise)
  checks: readonly CheckInfo[] = $state.raw([])
  generators: Output<'generators.list'> = $state.raw([])
  /** right answers in words by id of the part; of one that cannot be asked the reason */
  key: Readonly<Record<string, { right: string } | { refused: string }>> = $state.raw({})
  error: string | null = $state(null)
  readonly #options: DraftOptions
  #timer: ReturnType<typeof setTimeout> | null = null
  #asked = 0

  constructor(options: DraftOptions) {
    this.#options = options
    this.exercise = options.exercise
  }

  async load(): Promise<void> {
    const { host, lab } = this.#options
    try {
      this.checks = await host.call('exercise.checks', { lab })
      this.generators = await host.call('generators.list', { lab })
      await this.#solve()
    } catch (error) {
      this.error = error instanceof Error ? error.message : String(error)
    }
  }

  /** The drawing has changed, and with it what the answers are. */
  drawn(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#solve(), KEY_AFTER)
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
  }

  change(change: Partial<Omit<Exercise, 'parts' | 'given'>>): void {
    this.#put({ ...this.exercise, ...change })
  }

  /** @param text empty leaves the afterword out */
  setAfterword(text: string): void {
    const exercise = { ...this.exercise, afterword: text.slice(0, MAX_NOTE_LENGTH) }
    if (text.trim() === '') delete (exercise as Exercise).afterword
    this.#put(exercise)
  }

  /** @param generator id of one of the lab's generators, with its usual values; null gives everybody the same drawing */
  setVariant(generator: string | null): void {
    const rest = { ...this.exercise }
    delete rest.variant
    const offer = this.generators.find(({ id }) => id === generator)
    if (offer === undefined) return this.#put(rest)
    const values = Object.fromEntries([
      ...offer.choices.map(({ key, options }) => [key, options[0]?.value ?? ''] as const),
      ...offer.fields.map(({ key, usual }) => [key, usual] as const),
    ])
    this.#put({ ...rest, variant: { generator: offer.id, values } })
  }

  setVariantValue(key: string, value: string | number): void {
    const { variant } = this.exercise
    if (variant !== undefined) this.change({ variant: { ...variant, values: { ...variant.values, [key]: value } } })
  }

  changePart(id: string, change: Partial<Omit<ExercisePart, 'id'>>): void {
    const points = change.points === undefined ? {} : { points: Math.max(0, Math.min(MAX_POINTS, change.points)) }
    const hints = change.hints === undefined ? {} : { hints: change.hints.slice(0, MAX_HINTS) }
    this.#parts((parts) => parts.map((part) => (part.id === id ? { ...part, ...change, ...points, ...hints } : part)))
  }

  /** Another check asks for other parameters, so they begin anew. */
  setCheck(id: string, check: string): void {
    this.changePart(id, { check, params: {} })
  }

  /** @param value undefined leaves the parameter out */
  setParam(id: string, key: string, value: unknown): void {
    const part = this.exercise.parts.find((one) => one.id === id)
    if (part === undefined) return
    const others = Object.entries(part.params).filter(([name]) => name !== key)
    this.changePart(id, { params: Object.fromEntries(value === undefined ? others : [...others, [key, value]]) })
  }

  get full(): boolean {
    return this.exercise.parts.length >= MAX_EXERCISE_PARTS
  }

  addPart(): void {
    if (this.full) return
    const taken = this.exercise.parts.map(({ id }) => id)
    let number = taken.length + 1
    while (taken.includes(`q${number}`)) number += 1
    this.#parts((parts) => [...parts, newPart(`q${number}`, this.checks[0]?.id ?? parts[0]?.check ?? '')])
  }

  /** The last question stays: an exercise asks something. */
  removePart(id: string): void {
    if (this.exercise.parts.length > 1) this.#parts((parts) => parts.filter((part) => part.id !== id))
  }

  movePart(id: string, by: -1 | 1): void {
    this.#parts((parts) => {
      const from = parts.findIndex((part) => part.id === id)
      const to = from + by
      const [moved, other] = [parts[from], parts[to]]
      if (moved === undefined || other === undefined) return parts
      return parts.map((part, at) => (at === from ? other : at === to ? moved : part))
    })
  }

  #parts(change: (parts: ExercisePart[]) => ExercisePart[]): void {
    this.#put({ ...this.exercise, parts: change(this.exercise.parts) })
  }

  #put(exercise: Exercise): void {
    this.exercise = exercise
    this.#options.changed()
    this.drawn()
  }

  /** The newest question alone is answered. */
  async #solve(): Promise<void> {
    const { host, document } = this.#options
    this.#asked += 1
    const asked = this.#asked
    try {
      const input = { document: document() }
      const [forms, key] = [await host.call('exercise.forms', input), await host.call('exercise.key', input)]
      if (asked !== this.#asked) return
      this.key = Object.fromEntries(
        Object.entries(key).map(([id, said]) => [
          id,
          forms[id]?.kind === 'broken' ? { refused: said } : { right: said },
        ]),
      )
      this.error = null
    } catch (error) {
      if (asked === this.#asked) this.error = error instanceof Error ? error.message : String(error)
    }
  }
}

const newPart = (id: string, check: string): ExercisePart => ({
  id,
  ask: '',
  check,
  params: {},
  points: 1,
  hints: [],
})

/** An exercise with one question, to begin with. */
export function newExercise(title: string, check: string, given: Exercise['given']): Exercise {
  return { id: slugOf(title), task: '', parts: [newPart('q1', check)], conceal: true, feedback: 'at-once', given }
}
