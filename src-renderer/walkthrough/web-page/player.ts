// The script of a walkthrough as a web page of its own: builds the page from the data in it and plays. It is bundled into
// one text by scripts/web-page.ts and inlined; it loads nothing, keeps nothing, and knows no workbench.
import type { PlayerData } from '@contract/told.ts'
import { webPage as words } from '../../ui/texts/web-page.ts'
import { atEnd, beginning, goneOn, later, type Place, soughtTo } from './course.ts'
import { choice, clockTime, icon, make, on } from './elements.ts'
import { questionBox } from './question.ts'
import { build } from './markup.ts'

const TICK_MS = 100
/** A machine that slept does not jump ahead. */
const MOST_MS = 500
const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 2]

const data = JSON.parse(document.getElementById('walkthrough')?.textContent ?? '') as PlayerData
const { title, length, steps, pieces, pictures, window: part } = data

let place: Place = beginning
let playing = false
let speed = 1
let last = 0
let shownStep = -1
let shownPicture = -1

const figure = make('div', { class: 'stage', role: 'img', 'data-testid': 'stage' })
const state = make('p', { class: 'state', 'data-testid': 'state' })
const caption = make('p', { class: 'caption', 'aria-live': 'polite', 'data-testid': 'caption' })
const asked = make('div', { class: 'asked' })
const slider = make('input', {
  type: 'range',
  min: '0',
  max: String(length),
  step: '100',
  'aria-label': words.position,
})
const where = make('span', { class: 'where' })
const previous = make('button', { type: 'button', 'aria-label': words.previous, title: words.previous })
const play = make('button', { type: 'button', class: 'main' })
const next = make('button', { type: 'button', 'aria-label': words.next, title: words.next })
const chapters = steps.flatMap(({ chapter }, index) => (chapter === '' ? [] : [{ chapter, index }]))
const first = (chapters[0]?.index ?? 0) > 0 ? [['-1', words.beginning] as const] : []
const chapterChoice = choice(words.chapters, [
  ...first,
  ...chapters.map(({ chapter, index }) => [String(index), chapter] as const),
])
const speedChoice = choice(
  words.speed,
  SPEEDS.map((factor) => [String(factor), words.speedOf(factor)]),
)
const captionBox = make('input', { type: 'checkbox', checked: true })
const transcriptBox = make('input', { type: 'checkbox' })
const lines = steps.map(({ at, caption: said }, index) => {
  const line = make('button', { type: 'button' }, make('span', {}, clockTime(at)), said)
  on(line, 'click', () => go(index))
  return line
})
const transcript = make(
  'ol',
  { 'aria-label': words.transcript, class: 'transcript', hidden: true },
  ...steps.flatMap(({ chapter, caption: said }, index) =>
    chapter === '' && said === ''
      ? []
      : [make('li', {}, ...(chapter === '' ? [] : [make('h2', {}, chapter)]), lines[index] ?? '')],
  ),
)

function seek(time: number): void {
  place = soughtTo(data, place, time)
  show()
}

function go(index: number): void {
  const step = steps[Math.max(0, Math.min(steps.length - 1, index))]
  if (step !== undefined) seek(step.at)
}

function setPlaying(wanted: boolean): void {
  if (wanted && place.asking) return
  if (wanted && atEnd(data, place)) place = { ...beginning, answered: place.answered }
  playing = wanted
  last = performance.now()
  show()
}

function goOn(): void {
  place = goneOn(data, place)
  setPlaying(!atEnd(data, place))
  play.focus()
}

function draw(picture: number): void {
  if (picture === shownPicture) return
  shownPicture = picture
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  svg.setAttribute('viewBox', `${part.left} ${part.top} ${part.width} ${part.height}`)
  svg.setAttribute('aria-hidden', 'true')
  build(svg, (pictures[picture] ?? []).map((piece) => pieces[piece] ?? '').join(''))
  figure.replaceChildren(svg)
}

function show(): void {
  const step = steps[place.index]
  if (step === undefined) return
  draw(step.picture)
  if (shownStep !== place.index) {
    figure.setAttribute('aria-label', words.picture(title, step.state))
    state.textContent = step.state
    caption.textContent = step.caption
    for (const [index, line] of lines.entries()) {
      if (index === place.index) line.setAttribute('aria-current', 'step')
      else line.removeAttribute('aria-current')
    }
    if (!transcript.hidden) lines[place.index]?.scrollIntoView({ block: 'nearest' })
    const chapter = chapters.findLast(({ index }) => index <= place.index)
    chapterChoice.value = String(chapter?.index ?? -1)
    shownStep = place.index
  }
  const { question } = step
  if (!place.asking) asked.replaceChildren()
  else if (question !== null && asked.childElementCount === 0) {
    const box = questionBox(question, goOn)
    asked.replaceChildren(box)
    box.focus({ preventScroll: true })
  }
  slider.value = String(place.time)
  const text = words.where(clockTime(place.time), clockTime(length), place.index + 1, steps.length)
  slider.setAttribute('aria-valuetext', text)
  where.textContent = text
  previous.disabled = place.index === 0
  next.disabled = place.index === steps.length - 1
  play.disabled = place.asking
  const end = atEnd(data, place)
  const label = playing ? words.pause : end ? words.again : words.play
  if (play.getAttribute('aria-label') !== label) {
    play.setAttribute('aria-label', label)
    play.title = label
    play.replaceChildren(
      playing
        ? icon('M8 5v14', 'M16 5v14')
        : end
          ? icon('M4 12a8 8 0 1 0 3-6.2', 'M4 4v4.5h4.5')
          : icon('M7 4.5v15l12-7.5z'),
    )
  }
}

function tick(): void {
  const now = performance.now()
  const by = Math.min(MOST_MS, now - last) * speed
  last = now
  if (!playing) return
  place = later(data, place, by)
  if (place.asking || atEnd(data, place)) playing = false
  show()
}

function setTranscript(open: boolean): void {
  transcriptBox.checked = open
  transcript.hidden = !open
  document.body.classList.toggle('reading', open)
  if (open) lines[place.index]?.scrollIntoView({ block: 'nearest' })
}

function setCaptions(open: boolean): void {
  captionBox.checked = open
  caption.hidden = !open
}

const keys: Readonly<Record<string, () => void>> = {
  ' ': () => setPlaying(!playing),
  k: () => setPlaying(!playing),
  ArrowLeft: () => go(place.index - 1),
  ArrowRight: () => go(place.index + 1),
  PageUp: () => go(place.index - 1),
  PageDown: () => go(place.index + 1),
  Home: () => seek(0),
  End: () => seek(length),
  c: () => setCaptions(!captionBox.checked),
  t: () => setTranscript(!transcriptBox.checked),
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const { target } = event
  const field = target instanceof Element && target.closest('input, select, button') !== null
  // What has the focus keeps its own keys.
  if (field && (event.key === ' ' || event.key.startsWith('Arrow') || event.key.startsWith('Page'))) return
  if (field && (event.key === 'Home' || event.key === 'End')) return
  const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key]
  if (act === undefined) return
  event.preventDefault()
  act()
})
document.addEventListener('visibilitychange', () => {
  if (document.hidden) setPlaying(false)
})
on(previous, 'click', () => go(place.index - 1))
on(next, 'click', () => go(place.index + 1))
on(play, 'click', () => setPlaying(!playing))
on(slider, 'input', () => seek(Number(slider.value)))
on(speedChoice, 'change', () => (speed = Number(speedChoice.value)))
on(chapterChoice, 'change', () => go(Number(chapterChoice.value)))
on(captionBox, 'change', () => setCaptions(captionBox.checked))
on(transcriptBox, 'change', () => setTranscript(transcriptBox.checked))

previous.append(icon('M17 5 8 12l9 7z', 'M6 5v14'))
next.append(icon('M7 5l9 7-9 7z', 'M18 5v14'))
speedChoice.value = '1'
const rest = make('span', { class: 'rest' })
document.body.append(
  make('header', {}, make('h1', {}, title), state),
  make('main', {}, figure, transcript),
  make(
    'footer',
    {},
    caption,
    asked,
    slider,
    make(
      'div',
      { class: 'bar', role: 'group', 'aria-label': words.controls, title: words.keys },
      ...[previous, play, next, where],
      ...(chapters.length === 0 ? [] : [chapterChoice]),
      rest,
      speedChoice,
      make('label', {}, captionBox, words.captions),
      make('label', {}, transcriptBox, words.transcript),
    ),
  ),
)
show()
setInterval(tick, TICK_MS)
