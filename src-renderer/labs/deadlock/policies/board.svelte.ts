// The comparison of one open drawing: which policies with which settings, the newest answer, and the tick that is looked
// at. Asks the host; draws nothing.
import {
  type PoliciesOutput,
  type PolicyChoice,
  type PolicyId,
  policyIds,
  usualPolicies,
} from '@labs/deadlock/model/policies.ts'
import type { OpenDocument } from '../../../shell/documents/open-document.svelte.ts'
import { keptFor, Question } from '../../../shell/documents/question.svelte.ts'
import { faultOf } from './said.ts'

export type SettingValue = number | string | readonly (string | readonly string[])[]

/** Milliseconds after the last change before the host is asked. */
const AFTER = 120

export class PolicyBoard {
  chosen: readonly PolicyId[] = $state.raw(usualPolicies)
  settings: Readonly<Partial<Record<PolicyId, Readonly<Record<string, SettingValue>>>>> = $state.raw({})
  /** ticks of waiting on end from which a process counts as starved */
  bound = $state(20)
  /** the tick that is looked at, and in which run */
  look: { policy: PolicyId; tick: number } | null = $state.raw(null)
  readonly #doc: OpenDocument
  readonly #question: Question<PoliciesOutput>

  constructor(doc: OpenDocument) {
    this.#doc = doc
    this.#question = new Question(doc, 'policies', AFTER)
  }

  get answer(): PoliciesOutput | null {
    return this.#question.answer
  }
  /** The answer is that of the drawing, script and settings as they are. */
  get fresh(): boolean {
    return this.#question.fresh
  }
  get error(): string | null {
    const { error } = this.#question
    return error === null ? null : faultOf(error)
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
    this.#question.ask({ model: { ...this.#doc.model }, script, policies, bound: this.bound })
  }
}

export const boardOf = keptFor((doc) => new PolicyBoard(doc))
