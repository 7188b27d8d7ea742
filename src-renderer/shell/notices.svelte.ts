// Messages that a person should not miss: each stays until it is dismissed, except a plain confirmation.
// Knows nothing of what happened.

export interface NoticeAction {
  label: string
  run(): void | Promise<void>
}

export interface Notice {
  id: number
  tone: 'done' | 'remark' | 'problem'
  text: string
  actions: NoticeAction[]
}

const CONFIRMATION_MS = 4000
const PASSING_MS = 1600

export class Notices {
  list: readonly Notice[] = $state.raw([])
  #next = 1
  #passing: number | null = null

  done(text: string): void {
    const id = this.#add('done', text, [])
    setTimeout(() => this.dismiss(id), CONFIRMATION_MS)
  }

  /** A state that changed by a key, said for a moment: the next one takes its place. */
  passing(text: string): void {
    if (this.#passing !== null) this.dismiss(this.#passing)
    const id = this.#add('done', text, [])
    this.#passing = id
    setTimeout(() => this.dismiss(id), PASSING_MS)
  }

  /** Something worth knowing that stopped nothing. */
  remark(text: string, actions: NoticeAction[] = []): void {
    this.#add('remark', text, actions)
  }

  problem(text: string, actions: NoticeAction[] = []): void {
    this.#add('problem', text, actions)
  }

  dismiss(id: number): void {
    this.list = this.list.filter((notice) => notice.id !== id)
  }

  #add(tone: Notice['tone'], text: string, actions: NoticeAction[]): number {
    const id = this.#next
    this.#next += 1
    // The same message twice is one message.
    this.list = [...this.list.filter((notice) => notice.text !== text), { id, tone, text, actions }]
    return id
  }
}
