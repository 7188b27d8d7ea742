// The comparison of one open drawing: which policies with which settings, the newest answer, and the tick that is looked
// at. Lives as long as the drawing is open, so that closing the view loses nothing. Asks the host; draws nothing.
import { InterlockError } from '@contract/errors.ts'
import {
  type PoliciesOutput,
  type PolicyChoice,
  type PolicyId,
  policyIds,
  usualPolicies,
} from '@labs/deadlock/model/policies.ts'
import type { OpenDocument } from '../../../shell/documents/open-document.svelte.ts'
import { faultOf } from './said.ts'

export type SettingValue = number | string | readonly (string | readonly string[])[]

/** Milliseconds after the last change before the host is asked. */
const AFTER = 120
/** and before it is asked again when the connection broke */
const AGAIN = 1000

export class PolicyBoard {
  chosen: readonly PolicyId[] = $state.raw(usualPolicies)
  settings: Readonly<Partial<Record<PolicyId, Readonly<Record<string, SettingValue>>>>> = $state.raw({})
  /** ticks of waiting on end from which a process counts as starved */
  bound = $state(20)
  answer: PoliciesOutput | null = $state.raw(null)
  /** the answer is that of the drawing, script and settings as they are */
  fresh = $state(false)
  error: string | null = $state(null)
  /** the tick that is looked at, and in which run */
  look: { policy: PolicyId; tick: number } | null = $state.raw(null)
  readonly #doc: OpenDocument
  #timer: ReturnType<typeof setTimeout> | null = null
  #asked: string | null = null

  constructor(doc: OpenDocument) {
    this.#doc = doc
  }

  /** The lines as they were typed where they say more than the events: also those that cannot be played. */
  get script(): string | readonly unknown[] | null {
    const stored = this.#doc.storedScript
    if (stored?.script.simulation === 'events') return stored.texts[0] ?? stored.script.events
    // What is drawn as a request is asked for at tick 0.
    return this.#doc.model.edges.some(({ kind }) => kind === 'request') ? [] : null
  }

  choose(policy: PolicyId, on: boolean): void {
    this.chosen = policyIds.filter((id) => (id === policy ? on : this.chosen.includes(id)))
  }

  set(policy: PolicyId, key: string, value: SettingValue): void {
    this.settings = { ...this.settings, [policy]: { ...this.settings[policy], [key]: value } }
  }

  /** To be called when anything may have changed that the answer depends on. */
  ask(): void {
    const { script } = this
    if (script === null || this.chosen.length === 0 || this.#doc.concealed) return
    const policies = this.chosen.map((policy): PolicyChoice => ({ policy, settings: this.settings[policy] ?? {} }))
    const input = { model: { ...this.#doc.model }, script, policies, bound: this.bound }
    const text = JSON.stringify(input)
    if (text === this.#asked) return
    this.#asked = text
    this.fresh = false
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#compute(input, text), this.answer === null ? 0 : AFTER)
  }

  async #compute(input: unknown, text: string): Promise<void> {
    try {
      const answer = (await this.#doc.compute('policies', 'policies', input)) as PoliciesOutput
      if (text !== this.#asked) return
      this.answer = answer
      this.error = null
      this.fresh = true
    } catch (error) {
      if (text !== this.#asked) return
      // The connection comes back by itself.
      if (error instanceof InterlockError && (error.code === 'disconnected' || error.code === 'cancelled')) {
        this.#asked = null
        this.#timer = setTimeout(() => this.ask(), AGAIN)
      } else this.error = faultOf(error instanceof Error ? error.message : String(error))
    }
  }
}

const boards = new WeakMap<OpenDocument, PolicyBoard>()

export function boardOf(doc: OpenDocument): PolicyBoard {
  const known = boards.get(doc)
  if (known !== undefined) return known
  const board = new PolicyBoard(doc)
  boards.set(doc, board)
  return board
}
