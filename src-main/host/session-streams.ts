// The files that one page writes piece by piece: its calls, with paths checked.
import { basename } from 'node:path'
import type { HostApi } from '../contract/api.ts'
import { checkFileName, insideWorkspace } from '../services/files/paths.ts'
import type { StreamSession } from '../services/files/streams.ts'
import type { Handlers } from './serve.ts'

type StreamCalls = Extract<keyof HostApi, `streams.${string}`>

export function streamHandlers(workspace: string, streams: StreamSession): Pick<Handlers<HostApi>, StreamCalls> {
  const done = async (work: Promise<void>): Promise<Record<string, never>> => {
    await work
    return {}
  }
  return {
    'streams.begin': async ({ path, overwrite, about }) => {
      checkFileName(basename(path))
      return streams.begin(await insideWorkspace(workspace, path, false), overwrite, about)
    },
    'streams.write': ({ stream, at, base64 }) => done(streams.write(stream, at, base64)),
    'streams.mark': ({ stream, done: part }) => done(streams.mark(stream, part)),
    'streams.finish': ({ stream }) => streams.finish(stream),
    'streams.abort': ({ stream }) => done(streams.abort(stream)),
    'streams.unfinished': () => streams.unfinished(),
    'streams.resume': ({ id }) => streams.resume(id),
    'streams.read': ({ stream, at, length }) => streams.read(stream, at, length),
    'streams.discard': ({ id }) => done(streams.discard(id)),
  }
}
