// An engine worker: labs and runs behind the same serving code as the host, over the port it is given at its start.
// Knows no page, and no file but those it is told to grade. Its log goes to the host as an event.
import { type MessagePort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { MAX_EXPORT_BYTES } from '../../contract/limits.ts'
import { findLab } from '../../labs/index.ts'
import { createRuns } from '../../services/runs.ts'
import { listGenerators, makeDrawing } from '../../services/generators.ts'
import { checkedModel } from '../../services/models.ts'
import { operationOf, runOperation, throttled } from '../../services/operations.ts'
import { allModels, labModels } from '../lab-models.ts'
import { parseDocument } from '../../contract/document-text.ts'
import { sceneOf } from '../../contract/scene-schema.ts'
import { type Handlers, serve } from '../serve.ts'
import { workerPortWire } from '../wires/worker-port.ts'
import { type EngineApi, engineApi } from './api.ts'

const { port } = z.object({ port: z.custom<MessagePort>((value) => typeof value === 'object') }).parse(workerData)
const runs = createRuns(findLab)
const exercises = () => import('../../services/exercises/index.ts')

const handlers: Handlers<EngineApi> = {
  'verdict.of': ({ lab: id, model }) => {
    const lab = findLab(id)
    return lab.verdict(checkedModel(lab, model))
  },
  'repairs.of': ({ lab: id, model }) => {
    const lab = findLab(id)
    return lab.repairs?.(checkedModel(lab, model)) ?? { repairs: [], remark: null }
  },
  'operations.run': ({ lab, operation, key, input }) =>
    runOperation(
      operationOf(findLab(lab), operation),
      input,
      throttled((done) => served.push('progress', { key, done })),
    ),
  // Exercises are loaded by those who need them: every verdict waits for the start of a worker.
  'exercise.begin': async ({ document, student }) =>
    (await exercises()).begin(findLab(document.lab), document, student, Date.now()),
  'exercise.forms': async ({ document }) => {
    const { exerciseOf, formsOf } = await exercises()
    return formsOf(findLab(document.lab), exerciseOf(document))
  },
  'exercise.judge': async ({ document, parts }) => {
    const { exerciseOf, judgeParts } = await exercises()
    const lab = findLab(document.lab)
    const answers = Object.entries(document.attempt?.answers ?? {}).filter(([part]) => parts.includes(part))
    return judgeParts(lab, exerciseOf(document), checkedModel(lab, document.model), Object.fromEntries(answers))
  },
  'exercise.key': async ({ document }) => {
    const { exerciseOf, keyOf } = await exercises()
    return keyOf(findLab(document.lab), exerciseOf(document))
  },
  'exercise.checks': async ({ lab }) => {
    const { fieldsOf } = await exercises()
    return (findLab(lab).checks ?? []).map(({ id, title, params }) => ({ id, title, fields: fieldsOf(params) }))
  },
  'grading.grade': async ({ pack, folder, shown }) => {
    const { gradeFolder } = await import('../../services/grading/index.ts')
    return gradeFolder(pack, folder, shown, { findLab, model: labModels })
  },
  'generators.list': ({ lab }) => listGenerators(findLab(lab)),
  'generators.make': ({ lab, id, values, seed }) => makeDrawing(findLab(lab), id, values, seed),
  'runs.open': (input) => runs.open(input),
  'runs.apply': ({ run, at, event }) => runs.apply(run, at, event),
  'runs.continue': ({ run, at, most }) => runs.continueFrom(run, at, most),
  'runs.generate': ({ run, at, most, seed }) => runs.generate(run, at, most, seed),
  'runs.play': ({ run, at, events }) => runs.play(run, at, events),
  'runs.write': ({ run, at, events }) => runs.write(run, at, events),
  'runs.read': ({ run, at, lines }) => runs.read(run, at, lines),
  'runs.edited': ({ run, at, model }) => runs.edited(run, at, model),
  'runs.state': ({ run, at }) => runs.state(run, at),
  'runs.steps': ({ run, from, count }) => runs.steps(run, from, count),
  'runs.close': ({ run }) => runs.close(run),
  // Fonts and layouts are loaded by those who need them: every verdict waits for the start of a worker.
  'export.drawing': async ({ document, to, options }) => {
    const { exportDrawing } = await import('../../services/export/drawing.ts')
    return exportDrawing(findLab(document.lab), document, to, options)
  },
  'export.run': async ({ document, script, to, options }) => {
    const { exportRun } = await import('../../services/export/run.ts')
    return exportRun(findLab(document.lab), document, to, options, { script })
  },
  'export.shot': async ({ scene, ...asked }) => {
    const { paintShot } = await import('../../services/export/shot.ts')
    return paintShot({ ...asked, scene: sceneOf(scene) })
  },
  'export.walkthrough': async ({ document, to, options }) => {
    const { exportWalkthrough } = await import('../../services/export/storyboard/export.ts')
    return exportWalkthrough(findLab(document.lab), document, to, options, MAX_EXPORT_BYTES)
  },
  'document.parse': async ({ text, name }) => {
    if (name === undefined) return parseDocument(text, labModels)
    const { readAnyText } = await import('../../services/import.ts')
    return readAnyText(text, name, allModels)
  },
}

const served = serve(workerPortWire(port), engineApi, handlers, { log: (line) => served.push('log', line) })
served.push('ready', null)
