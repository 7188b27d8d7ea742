// The verdict on a topology: what its rules say. No rule blocks an edit; each finding goes to its place in the drawing.
import type { Diagnostic, EvidenceGroup, Mark, Verdict } from '../../contract/verdict.ts'
import type { TopologyModel } from './model/schema.ts'
import { type Found, check, rules } from './rules/index.ts'
import { offers } from './simulations/offers.ts'
import { texts } from './texts.ts'

/** Findings that are told one by one; a drawing with more has to be mended before anybody reads on. */
const MOST_TOLD = 60

export function verdict(model: TopologyModel): Verdict {
  const base = { marks: {}, withheld: null, rule: texts.rule }
  if (model.nodes.length === 0)
    return { ...base, ...texts.empty, simulations: [], mark: 'free', diagnostics: [], evidence: [] }
  const found = check(model)
  const count = (severity: Found['severity']): number => found.filter((one) => one.severity === severity).length
  const [errors, warnings] = [count('error'), count('warning')]
  const mark: Mark = errors > 0 ? 'impossible' : warnings > 0 ? 'unsafe' : 'free'
  return {
    ...base,
    word: texts.word(errors, warnings),
    mark,
    sentence: found[0]?.sentence ?? texts.sound(rules.length),
    diagnostics: told(found),
    simulations: offers(model, found),
    marks: marksOf(found, new Set(model.nodes.map(({ id }) => id))),
    evidence: asked(model, found),
  }
}

export const diagnose = (model: TopologyModel): Diagnostic[] => told(check(model))

function told(found: readonly Found[]): Diagnostic[] {
  const list = found.slice(0, MOST_TOLD).map(({ severity, at, sentence, remedy, rule, fix }, index): Diagnostic => ({
    severity,
    at,
    sentence,
    remedy,
    rule: texts.named(rule.id, rule.week, rule.title),
    ...(fix !== undefined && {
      fix: { id: `${rule.id} ${index}`, title: fix.title, sentence: remedy, lights: at, edits: fix.edits },
    }),
  }))
  const rest = found.length - list.length
  return rest === 0
    ? list
    : [...list, { severity: 'note', at: [], sentence: texts.more(rest), remedy: texts.mendFirst }]
}

/** The thing that a rule is about is marked; what it only mentions is not. */
function marksOf(found: readonly Found[], nodes: ReadonlySet<string>): Record<string, Mark> {
  const marks: Record<string, Mark> = {}
  for (const { severity, at } of found) {
    const id = at.find((one) => nodes.has(one))
    if (id === undefined || severity === 'note') continue
    if (severity === 'error') marks[id] = 'impossible'
    else marks[id] ??= 'unsafe'
  }
  return marks
}

function asked(model: TopologyModel, found: readonly Found[]): EvidenceGroup[] {
  const broken = new Set(found.map(({ rule }) => rule.id))
  const muted = new Set(model.muted)
  return [
    {
      id: 'rules',
      folded: true,
      title: texts.asked(rules.length - muted.size, muted.size),
      items: rules.map(({ id, week, title }) => ({
        text: `${id}: ${title}`,
        detail: muted.has(id) ? texts.muted : texts.week(week),
        ...(!muted.has(id) && { mark: broken.has(id) ? ('impossible' as const) : ('free' as const) }),
        lights: found.filter(({ rule }) => rule.id === id).flatMap(({ at }) => at),
      })),
    },
  ]
}
