// Questions about what the rules say of a drawing: one to be drawn or mended until they are quiet, the thing at which
// they are broken, and the rule that is.
import { z } from 'zod'
import { InterlockError } from '../../../contract/errors.ts'
import type { Judgement } from '../../../contract/exercise.ts'
import { answerAs, because, right, wrong } from '../../../contract/judging.ts'
import { MAX_NAME_LENGTH, MAX_NOTE_LENGTH } from '../../../contract/limits.ts'
import { nodeKindNames } from '../model/kind-names.ts'
import { valueOf } from '../model/properties.ts'
import type { TopologyModel, TopologyNode } from '../model/schema.ts'
import { texts as kindTexts } from '../model/texts.ts'
import { treeOf } from '../model/tree.ts'
import { type Found, check as checkRules, rules } from '../rules/index.ts'
import { check, choice } from './make.ts'
import { listOf, texts } from './texts.ts'

const words = texts.quiet
const bad = (sentence: string): InterlockError => new InterlockError('bad-input', sentence)

const Quiet = z.strictObject({
  has: z.record(z.string().max(MAX_NAME_LENGTH), z.number().int().min(1)).optional().describe(texts.params.has),
  lies: z.string().max(MAX_NOTE_LENGTH).optional().describe(texts.params.lies),
  says: z.string().max(MAX_NOTE_LENGTH).optional().describe(texts.params.says),
  keep: z.literal(true).optional().describe(texts.params.keep),
  warnings: z.literal(true).optional().describe(texts.params.warnings),
})
type Quiet = z.infer<typeof Quiet>

const labelOf = (kind: string): string => (kindTexts.kinds as Readonly<Record<string, string>>)[kind] ?? kind

/** Lines "vm in hypervisor": a thing of the first kind lies directly in one of the second. */
const nestings = (lies: string | undefined): [string, string][] =>
  (lies ?? '').split('\n').flatMap((line): [string, string][] => {
    if (line.trim() === '') return []
    const [inner, outer, ...rest] = line.split(' in ').map((word) => word.trim())
    const known: readonly string[] = nodeKindNames
    if (
      inner === undefined ||
      outer === undefined ||
      rest.length > 0 ||
      !known.includes(inner) ||
      !known.includes(outer)
    )
      throw bad(words.line(line.trim()))
    return [[inner, outer]]
  })

/** Lines "web.privileged = true": what a named thing has to say; without a dot in front a kind, of which one has to. */
const sayings = (says: string | undefined): { who: string; key: string; value: string }[] =>
  (says ?? '').split('\n').flatMap((line) => {
    if (line.trim() === '') return []
    const match = /^(.+)\.(\w+)\s*=\s*(.*)$/.exec(line.trim())
    if (match === null) throw bad(words.saying(line.trim()))
    return [{ who: match[1]!, key: match[2]!, value: match[3]! }]
  })

const counts = (found: readonly Found[], warnings: boolean): Found[] =>
  found.filter(({ severity }) => severity === 'error' || (warnings && severity === 'warning'))

function wanted({ has = {}, lies, warnings }: Quiet): string {
  return words.wanted([
    ...Object.entries(has).map(([kind, least]) => words.least(labelOf(kind), least)),
    ...nestings(lies).map(([inner, outer]) => words.lies(labelOf(inner), labelOf(outer))),
    warnings === true ? words.noWarnings : words.noErrors,
  ])
}

export const quiet = check<Quiet>({
  id: 'quiet',
  title: texts.titles.quiet,
  params: Quiet,
  form(_, { has = {}, lies, says }) {
    const known: readonly string[] = nodeKindNames
    const strange = Object.keys(has).find((kind) => !known.includes(kind))
    if (strange !== undefined) throw bad(words.noKind(strange))
    nestings(lies)
    sayings(says)
    return { kind: 'drawing' }
  },
  judge: ({ given, drawing, params }, answer) => (answerAs(answer, 'drawing'), judgeQuiet(given, drawing, params)),
  key: (_, params) => wanted(params),
})

function judgeQuiet(given: TopologyModel, drawing: TopologyModel, params: Quiet): Judgement {
  const { has = {}, lies, says, keep, warnings } = params
  const expected = wanted(params)
  // A rule that is switched off would be quiet too.
  const found = counts(checkRules({ ...drawing, muted: [] }), warnings === true)
  const drawn = words.found(drawing.nodes.length, found.length)
  for (const [kind, least] of Object.entries(has)) {
    if (drawing.nodes.filter((node) => node.kind === kind).length < least)
      return wrong(expected, drawn, words.lacks(words.least(labelOf(kind), least)))
  }
  const { parentOf } = treeOf(drawing.nodes)
  for (const [inner, outer] of nestings(lies)) {
    if (!drawing.nodes.some((node) => node.kind === inner && parentOf(node)?.kind === outer))
      return wrong(expected, drawn, words.lacks(words.lies(labelOf(inner), labelOf(outer))))
  }
  if (keep === true) {
    const gone = given.nodes.find(({ id, kind }) => !drawing.nodes.some((node) => node.id === id && node.kind === kind))
    if (gone !== undefined) return wrong(expected, drawn, words.gone(gone.name))
  }
  for (const { who, key, value } of sayings(says)) {
    const asked = drawing.nodes.filter((node) => node.name === who || node.kind === who)
    if (!asked.some((node) => String(valueOf(node, key) ?? '') === value))
      return wrong(
        expected,
        drawn,
        words.changed(who),
        asked.slice(0, 1).map(({ id }) => id),
      )
  }
  const first = found[0]
  if (first === undefined) return right(expected, drawn, words.all)
  const { sentence, at } = first
  const before = counts(checkRules({ ...given, muted: [] }), warnings === true).length
  // Some of several faults mended is worth something; nothing mended is not.
  const share = before > found.length ? Math.floor(((before - found.length) / before) * 2) / 4 : 0
  return wrong(expected, drawn, sentence, at, share)
}

const Judged = z.strictObject({ warnings: z.literal(true).optional().describe(texts.params.warnings) })

/** The things that rules are about: of each finding the first one. @throws InterlockError `bad-input` when all is quiet */
function culpritsOf(given: TopologyModel, warnings: boolean): Map<string, Found> {
  const nodes = new Set(given.nodes.map(({ id }) => id))
  const things = new Map<string, Found>()
  for (const found of counts(checkRules(given), warnings)) {
    const id = found.at.find((one) => nodes.has(one))
    if (id !== undefined && !things.has(id)) things.set(id, found)
  }
  if (things.size === 0) throw bad(texts.culprits.none)
  return things
}
const namesOf = (nodes: readonly TopologyNode[], ids: Iterable<string>): string[] => {
  const wantedIds = new Set(ids)
  return nodes.filter(({ id }) => wantedIds.has(id)).map(({ name }) => name)
}

const Culprits = Judged.extend({ kind: z.enum(nodeKindNames).optional().describe(texts.params.kind) })

export const culprits = check<z.infer<typeof Culprits>>({
  id: 'culprits',
  title: texts.titles.culprits,
  params: Culprits,
  form(given, { warnings, kind }) {
    const things = culpritsOf(given, warnings === true)
    const offered = given.nodes.filter((node) => kind === undefined || node.kind === kind)
    if ([...things.keys()].some((id) => !offered.some((node) => node.id === id))) throw bad(texts.culprits.otherKind)
    return { kind: 'set', items: offered.map(({ id, name }) => ({ id, label: name })) }
  },
  judge({ given, params }, answer) {
    const { ids } = answerAs(answer, 'set')
    const things = culpritsOf(given, params.warnings === true)
    const expected = listOf(namesOf(given.nodes, things.keys()))
    const found = ids.length === 0 ? texts.culprits.nothing : listOf(namesOf(given.nodes, ids))
    const hits = [...things.keys()].filter((id) => ids.includes(id)).length
    const innocent = ids.find((id) => !things.has(id))
    if (innocent !== undefined) {
      const name = given.nodes.find(({ id }) => id === innocent)?.name ?? innocent
      return wrong(expected, found, texts.culprits.innocent(name), [innocent])
    }
    if (hits < things.size)
      return wrong(expected, found, texts.culprits.missing(hits), [...ids], Math.floor((hits / things.size) * 2) / 4)
    return right(expected, found, [...things.values()].map(({ sentence }) => sentence).join(' '), [...things.keys()])
  },
  key: (given, { warnings }) =>
    [...culpritsOf(given, warnings === true).entries()]
      .map(([id, { sentence }]) => because(listOf(namesOf(given.nodes, [id])), sentence))
      .join(' '),
})

const RuleOf = Judged.extend({ rules: z.array(z.string().max(10)).min(2).describe(texts.params.rules) })
type RuleOf = z.infer<typeof RuleOf>

/** @throws InterlockError `bad-input` unless exactly one of the rules to choose from is broken */
function brokenOf(given: TopologyModel, { rules: ids, warnings }: RuleOf): Found {
  const strange = ids.find((id) => !rules.some((rule) => rule.id === id))
  if (strange !== undefined) throw bad(texts.rule.unknown(strange))
  const found = counts(checkRules(given), warnings === true).filter(({ rule }) => ids.includes(rule.id))
  const [first] = found
  if (first === undefined || found.some(({ rule }) => rule !== first.rule)) throw bad(texts.rule.notOne)
  return first
}

export const broken = choice<RuleOf>({
  id: 'rule',
  title: texts.titles.rule,
  params: RuleOf,
  options: (_, { rules: ids }) =>
    ids.map((id) => ({ value: id, label: rules.find((rule) => rule.id === id)?.title ?? id })),
  solve(given, params) {
    const { rule, sentence, at } = brokenOf(given, params)
    return { value: rule.id, because: sentence, at }
  },
  against: () => texts.rule.against,
})
