// What happened last in a network, on the lanes of a space-time diagram.
import type { TraceEvent } from '../../../contract/run.ts'
import type { Happened, World } from '../network/world.ts'
import { runTexts as texts } from './texts.ts'

const kinds: Readonly<Record<Happened['what'], TraceEvent['kind']>> = {
  received: 'receive',
  lost: 'lost',
  timer: 'local',
  start: 'local',
  act: 'local',
  send: 'local',
  crash: 'crash',
  recover: 'recover',
  pause: 'pause',
  resume: 'resume',
  cut: 'cut',
  part: 'cut',
  mend: 'mend',
  heal: 'mend',
  dropped: 'lost',
  copied: 'copy',
  delayed: 'delay',
  held: 'delay',
}

const reasons = { chance: 'chance', cut: 'cut', down: 'crashed' } as const

export function traceOf({ last, now, setup }: World): TraceEvent {
  const { ids, selves, algorithm } = setup
  if (last === null) {
    const down = ids.filter((_, index) => setup.down[index] === true)
    return { at: 0, lane: null, kind: 'local', label: '', down, sends: [] }
  }
  // A plan that could not be carried out, and a timer of a paused node: time passes, and nothing happens.
  const idle = last.message === null && (last.why === 'down' || last.what === 'held')
  if (idle) return { at: now, lane: null, kind: 'local', label: '', sends: [] }
  const lost = last.what === 'lost' || last.what === 'dropped'
  const onTheWay = lost || last.node < 0
  const brief: Readonly<Record<string, string>> = texts.brief
  const told = last.notes.map(({ what, text }) => brief[what] ?? text).join(', ')
  const doing = Object.hasOwn(texts.labels, last.what) ? texts.labels[last.what as keyof typeof texts.labels] : ''
  const timer = last.what === 'timer' ? last.timer : ''
  return {
    at: now,
    lane: onTheWay ? null : (ids[last.node] ?? null),
    kind: kinds[last.what],
    label: told === '' ? doing + timer : told,
    ...(last.message !== null && last.what !== 'timer' ? { message: `m${last.message.number}` } : {}),
    ...(lost ? { why: last.why === null ? 'dropped' : reasons[last.why] } : {}),
    sends: last.sent.map(({ number, to, body }) => {
      const self = selves[to]
      return {
        message: `m${number}`,
        to: ids[to] ?? '',
        label: body.kind,
        detail: self === undefined ? '' : algorithm.tell(body, self),
      }
    }),
  }
}
