// Messages that a person should not miss: each stays until it is dismissed, except a plain confirmation.

export interface NoticeAction {
  label: string
  run(): void | Promise<void>
}

export interface Notice {
  id: number
  tone: 'done' | 'problem'
  text: string
  actions: NoticeAction[]
}

const CONFIRMATION_MS = 4000

export class Notices {
  list: readonly Notice[] = $state.raw([])
  #next = 1

  done(text: string): void {
    const id = this.#add('done', text, [])
    setTimeout(() => this.dismiss(id), CONFIRMATION_MS)
  }

  problem(text: string, actions: NoticeAction[] = []): void {
    // The same problem twice is one message.
    this.list = this.list.filter((notice) => notice.text !== text)
    this.#add('problem', text, actions)
  }

  dismiss(id: number): void {
    this.list = this.list.filter((notice) => notice.id !== id)
  }

  #add(tone: Notice['tone'], text: string, actions: NoticeAction[]): number {
    const id = this.#next
    this.#next += 1
    this.list = [...this.list, { id, tone, text, actions }]
    return id
  }
}
