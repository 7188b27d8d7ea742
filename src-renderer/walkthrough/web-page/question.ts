// A question of the walkthrough on an exported page: choose, hear whether it is so, go on. Wrong answers cost nothing.
import type { ToldQuestion } from '@contract/told.ts'
import { webPage as words } from '../../ui/texts/web-page.ts'
import { make, on } from './elements.ts'

export function questionBox({ text, answers, why }: ToldQuestion, goOn: () => void): HTMLElement {
  const said = make('p', { 'aria-live': 'polite' })
  const button = make('button', { type: 'button', class: 'main', disabled: true }, words.goOn)
  on(button, 'click', goOn)
  const list = answers.map((answer) => {
    const radio = make('input', { type: 'radio', name: 'answer' })
    on(radio, 'change', () => {
      said.replaceChildren(
        make('strong', {}, answer.right ? words.right : words.wrong),
        answer.right && why !== '' ? ` ${why}` : '',
      )
      button.disabled = false
    })
    return make('label', {}, radio, answer.text)
  })
  return make(
    'div',
    { role: 'group', tabindex: '-1', class: 'question', 'aria-label': words.question },
    make('p', { class: 'ask' }, text),
    ...list,
    make('div', { class: 'foot' }, said, button),
  )
}
