// Questions about the clock and the store of a cluster that need no cluster: waits after crashes, the time until the pods
// of a lost node run again, and quorums.
import { readWhole } from '../../../contract/operation-input.ts'
import { backoffOf, dockerBackoff, kubeletBackoff, nodeLoss } from '../kubernetes/backoff.ts'
import { hasQuorum, quorumOf } from '../kubernetes/quorum.ts'
import { oneOf, oneOrMore, onlyFields, readNumber, record } from './cluster-fields.ts'

const MOST_CRASHES = 10_000
const MOST_MEMBERS = 1_000_000

/** A number of crashes, or { count, by, first, most }. */
export function crashes(value: unknown, at: string): Record<string, unknown> {
  const fields = typeof value === 'number' ? { count: value } : record(value, at)
  onlyFields(fields, at, ['count', 'by', 'first', 'most'])
  const by = oneOf(fields['by'], `${at}.by`, ['kubelet', 'docker'], 'kubelet')
  const usual = by === 'docker' ? dockerBackoff : kubeletBackoff
  return {
    ...backoffOf(readWhole(fields['count'], `${at}.count`, 0, MOST_CRASHES), {
      first: readNumber(fields['first'] ?? usual.first, `${at}.first`, 0),
      most: readNumber(fields['most'] ?? usual.most, `${at}.most`, 0),
    }),
  }
}

/** True, or { grace, toleration, place, start } in s. */
export function lostNode(value: unknown, at: string): Record<string, unknown> {
  const fields = value === true ? {} : record(value, at)
  onlyFields(fields, at, ['grace', 'toleration', 'place', 'start'])
  const time = (name: string, usual: number): number => readNumber(fields[name] ?? usual, `${at}.${name}`, 0)
  return { ...nodeLoss(time('grace', 40), time('toleration', 300), time('place', 0), time('start', 0)) }
}

/** A number of members or several, or { count, failed }. */
export function members(value: unknown, at: string, failed?: unknown): Record<string, unknown> {
  const answers = oneOrMore(value).map((one, index) => {
    const count = readWhole(one, Array.isArray(value) ? `${at}[${index}]` : at, 1, MOST_MEMBERS)
    if (failed === undefined) return quorumOf(count)
    const gone = readWhole(failed, 'failed', 0, count)
    return { ...quorumOf(count), failed: gone, available: hasQuorum(count, gone) }
  })
  const [first] = answers
  if (!Array.isArray(value)) return { ...first }
  return {
    quorum: answers.map(({ quorum }) => quorum),
    tolerated: answers.map(({ tolerated }) => tolerated),
    answers,
  }
}
