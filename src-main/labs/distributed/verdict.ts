// The verdict on a drawing: its algorithm is run to the end, in time's own order, and judged.
import { InterlockError } from '../../contract/errors.ts'
import type { EvidenceGroup, EvidenceItem, Mark, Verdict } from '../../contract/verdict.ts'
import { algorithmOf } from './algorithms/index.ts'
import { diagnose } from './diagnostics.ts'
import { handAnswer } from './hand-evidence.ts'
import type { DistributedModel } from './model/schema.ts'
import { verdictTexts as texts } from './model/verdict-texts.ts'
import { type Judged, type RunOutcome, runToEnd, totalsOf } from './network/outcome.ts'
import { lives } from './network/properties.ts'
import { setupOf, usualSeed } from './network/setup.ts'
import type { Algorithm } from './network/types.ts'
import { sectionEvidence } from './section-evidence.ts'
import { time } from './simulations/texts.ts'

/** A run that has not come to rest by then is cut: a verdict follows every edit. */
const MOST_EVENTS = 50_000
const MOST_TOLD = 40

export function verdict(model: DistributedModel): Verdict {
  const diagnostics = diagnose(model)
  const base = { diagnostics, marks: {}, evidence: [], simulations: [], withheld: null }
  if (model.nodes.length === 0) return { ...base, ...texts.empty, mark: 'free', rule: ruleOf(algorithmOf(undefined)) }
  if (diagnostics.some(({ severity }) => severity === 'error')) {
    const rule = ruleOf(known(model) ?? algorithmOf(undefined))
    return {
      ...base,
      word: texts.withheld.word,
      mark: 'impossible',
      sentence: texts.withheld.sentence,
      withheld: texts.withheld.why,
      rule,
    }
  }
  const algorithm = algorithmOf(model.algorithm)
  const setup = setupOf(model, algorithm, model.seed ?? usualSeed)
  const outcome = runToEnd(setup, MOST_EVENTS)
  const answer =
    algorithm.byHand === true
      ? handAnswer(setup, costOf(outcome))
      : { ...answerOf(outcome, algorithm), evidence: evidenceOf(outcome) }
  return {
    ...base,
    ...answer,
    marks: marksOf(outcome),
    rule: ruleOf(algorithm),
    simulations: [{ id: algorithm.id, label: texts.run(algorithm.label) }],
  }
}

function known(model: DistributedModel): Algorithm | null {
  try {
    return algorithmOf(model.algorithm)
  } catch (error) {
    if (error instanceof InterlockError) return null
    throw error
  }
}

const ruleOf = ({ label, explanation, source }: Algorithm): Verdict['rule'] => ({ name: label, explanation, source })

function costOf({ world }: RunOutcome): string {
  const { sent, toCrashed } = totalsOf(world)
  return texts.cost(sent, time(world.now), toCrashed > 0 ? sent - toCrashed : null)
}

const words: Readonly<Record<string, string>> = {
  'one-leader': texts.twoLeaders,
  termination: texts.noLeader,
  agreement: texts.disagreement,
  highest: texts.disagreement,
  'one-inside': texts.together,
  'everyone-enters': texts.starved,
}

export function answerOf(outcome: RunOutcome, { family }: Algorithm): Pick<Verdict, 'word' | 'mark' | 'sentence'> {
  const { judged, ended, world } = outcome
  const wrong = judged.find(({ holds }) => !holds)
  if (wrong !== undefined) {
    return {
      word: words[wrong.rule.id] ?? capitalised(wrong.rule.what),
      mark: 'ring',
      sentence: `${wrong.sentence} ${costOf(outcome)}`,
    }
  }
  if (!ended) return { word: texts.endless, mark: 'unsafe', sentence: texts.endlessSentence(world.events) }
  if (family === 'election') {
    const live = world.conditions.flatMap((_, index) => (lives(world, index) ? [index] : []))
    const leader = outcome.looks[live[0] ?? -1]?.leader ?? -1
    const name = world.setup.selves[0]?.names[leader] ?? ''
    const sentence = texts.after(texts.electedSentence(name, live.length), costOf(outcome))
    return { word: texts.elected(name), mark: 'free', sentence }
  }
  const said = judged.map(({ sentence }) => sentence).filter((sentence) => sentence !== '')
  const word = family === 'exclusion' ? texts.served : texts.done
  return { word, mark: 'free', sentence: [said.at(-1) ?? '', costOf(outcome)].join(' ').trim() }
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

function marksOf({ judged, looks, world }: RunOutcome): Record<string, Mark> {
  const { ids } = world.setup
  const marks: Record<string, Mark> = {}
  for (const [index, { mark }] of looks.entries()) {
    const id = ids[index] ?? ''
    if (!lives(world, index)) marks[id] = 'impossible'
    else if (mark !== null) marks[id] = mark
  }
  for (const { holds, nodes } of judged) if (!holds) for (const node of nodes) marks[ids[node] ?? ''] = 'ring'
  return marks
}

function evidenceOf(outcome: RunOutcome): EvidenceGroup[] {
  const { judged, told, world } = outcome
  const { ids, selves } = world.setup
  const lights = (nodes: readonly number[]): string[] => nodes.map((index) => ids[index] ?? '')
  const rules = judged.map((one): EvidenceItem => ({
    text: one.rule.title,
    detail: detailOf(one),
    mark: one.holds ? 'free' : 'ring',
    lights: lights(one.nodes),
  }))
  const shown = told.slice(0, MOST_TOLD)
  const happened = shown.map(({ at, node, note }): EvidenceItem => ({
    text: `${selves[0]?.names[node] ?? ''} ${note.text}`,
    detail: texts.at(time(at)),
    lights: lights([node]),
  }))
  return [
    ...(rules.length === 0 ? [] : [{ id: 'rules', title: texts.groups.rules, items: rules }]),
    ...sectionEvidence(outcome),
    { id: 'costs', title: texts.groups.costs, items: costItems(outcome), more: moreOnCosts(outcome) },
    ...(happened.length === 0
      ? []
      : [
          {
            id: 'told',
            title: texts.groups.told,
            items: happened,
            ...(told.length > MOST_TOLD ? { more: texts.moreNotes } : {}),
          },
        ]),
  ]
}

const detailOf = ({ sentence, broke }: Judged): string =>
  broke === null ? sentence : `${sentence.slice(0, -1)}, ${texts.at(time(broke))}.`

function costItems({ world, costs }: RunOutcome): EvidenceItem[] {
  const counted = [...world.tallies].map(([kind, { sent, lost, toCrashed }]): EvidenceItem => {
    const detail = texts.kindDetail(lost, toCrashed)
    return { text: texts.kind(kind, sent), ...(detail === '' ? {} : { detail }), lights: [] }
  })
  const { sent } = totalsOf(world)
  const said = costs.map(({ what, formula, value, bound }): EvidenceItem => {
    const tally = what === 'messages' ? totalsOf(world) : world.tallies.get(what)
    const all = tally?.sent ?? 0
    // Some formulas speak of live nodes alone: a message that finds a crashed one is then none of theirs.
    const right = [all, all - (tally?.toCrashed ?? 0)].some((counts) =>
      bound === 'exact' ? counts === value : bound === 'most' ? counts <= value : counts >= value,
    )
    return {
      text: texts.formulaItem(what, value, texts.formula[bound], formula),
      mark: right ? 'free' : 'unsafe',
      lights: [],
    }
  })
  return [...counted, { text: texts.total(sent), lights: [] }, ...said]
}

const moreOnCosts = ({ costs, world }: RunOutcome): string =>
  costs.length === 0 && world.setup.algorithm.cost !== undefined
    ? `${texts.counting} ${texts.notThere}`
    : texts.counting
