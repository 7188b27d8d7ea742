// An engine worker: labs and runs behind the same serving code as the host, over the port it is given at its start.
// Knows no file and no page. Its log goes to the host as an event.
import { type MessagePort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { findLab } from '../../labs/index.ts'
import { createRuns } from '../../services/runs.ts'
import { drawingAsSvg } from '../../services/export/drawing.ts'
import { checkedModel } from '../../services/models.ts'
import { labModels } from '../lab-models.ts'
import { parseDocument } from '../../contract/document-text.ts'
import { type Handlers, serve } from '../serve.ts'
import { workerPortWire } from '../wires/worker-port.ts'
import { type EngineApi, engineApi } from './api.ts'

const { port } = z.object({ port: z.custom<MessagePort>((value) => typeof value === 'object') }).parse(workerData)
const runs = createRuns(findLab)

const handlers: Handlers<EngineApi> = {
  'verdict.of': ({ lab: id, model }) => {
    const lab = findLab(id)
    return lab.verdict(checkedModel(lab, model))
  },
  'runs.open': (input) => runs.open(input),
  'runs.apply': ({ run, at, event }) => runs.apply(run, at, event),
  'runs.continue': ({ run, at, most }) => runs.continueFrom(run, at, most),
  'runs.state': ({ run, at }) => runs.state(run, at),
  'runs.steps': ({ run, from, count }) => runs.steps(run, from, count),
  'runs.close': ({ run }) => runs.close(run),
  'export.svg': ({ document, marks }) => ({ svg: drawingAsSvg(findLab(document.lab), document, marks) }),
  'document.parse': ({ text }) => parseDocument(text, labModels),
}

const served = serve(workerPortWire(port), engineApi, handlers, { log: (line) => served.push('log', line) })
served.push('ready', null)
