// Which encoders this browser has for a film of a size: not what it says, but what comes out of them.
import { FRAME, type FilmFormat, type FilmOptions } from '@contract/film.ts'

export type FilmCodec = 'vp9' | 'av1' | 'avc'
export const codecOf = { 'webm-vp9': 'vp9', 'webm-av1': 'av1', 'mp4-h264': 'avc' } as const satisfies Record<
  FilmFormat,
  FilmCodec
>

export const sizeOf = ({ height }: Pick<FilmOptions, 'height'>): { width: number; height: number } => ({
  width: (height * FRAME.width) / FRAME.height,
  height,
})

type Shape = Pick<FilmOptions, 'height' | 'fps' | 'format'>

/** Levels of the codecs' own tables that allow size and rate. */
const levels = {
  vp9: { 720: ['31', '40'], 1080: ['40', '41'], 2160: ['50', '51'] },
  av1: { 720: ['05M', '08M'], 1080: ['08M', '09M'], 2160: ['12M', '13M'] },
  avc: { 720: ['1f', '20'], 1080: ['28', '2a'], 2160: ['33', '34'] },
} as const

/** Of 0 to 63: letters and thin lines stay sharp, and still pictures cost next to nothing anyway. */
const QUANTIZER = { vp9: 22, av1: 22 } as const
/** Bits for each pixel and second, for encoders that only know a rate. */
const RATE = 0.12

export interface Chosen {
  config: VideoEncoderConfig
  options: VideoEncoderEncodeOptions
}

function candidates({ height, fps, format }: Shape): Chosen[] {
  const codec = codecOf[format]
  const level = levels[codec][height][fps === 60 ? 1 : 0]
  const name = { vp9: `vp09.00.${level}.08`, av1: `av01.0.${level}.08`, avc: `avc1.6400${level}` }[codec]
  const size = sizeOf({ height })
  const base: VideoEncoderConfig = { codec: name, ...size, framerate: fps, latencyMode: 'quality' }
  const bitrate = Math.round(size.width * size.height * fps * RATE)
  const rated: Chosen = { config: { ...base, bitrate, bitrateMode: 'variable' }, options: {} }
  if (codec === 'avc') return [{ config: { ...rated.config, avc: { format: 'avc' } }, options: {} }]
  const constant: Chosen = {
    config: { ...base, bitrateMode: 'quantizer' },
    options: { [codec]: { quantizer: QUANTIZER[codec] } },
  }
  return [constant, rated]
}

const PROBE_MS = 10_000
const probed = new Map<string, Promise<Chosen | null>>()

/** How to encode a film of this shape, tried with two frames of the real size; null where nothing comes out. */
export function encoderFor(shape: Shape): Promise<Chosen | null> {
  const key = `${shape.format} ${shape.height} ${shape.fps}`
  const known = probed.get(key) ?? probe(shape)
  probed.set(key, known)
  return known
}

async function probe(shape: Shape): Promise<Chosen | null> {
  if (typeof VideoEncoder === 'undefined') return null
  for (const chosen of candidates(shape)) {
    if (await works(chosen).catch(() => false)) return chosen
  }
  return null
}

async function works({ config, options }: Chosen): Promise<boolean> {
  const { supported } = await VideoEncoder.isConfigSupported(config)
  if (supported !== true) return false
  let chunks = 0
  const encoder = new VideoEncoder({ output: () => (chunks += 1), error: () => undefined })
  try {
    encoder.configure(config)
    const canvas = new OffscreenCanvas(config.width, config.height)
    canvas.getContext('2d', { willReadFrequently: true })?.fillRect(0, 0, config.width / 2, config.height / 2)
    for (const index of [0, 1]) {
      const frame = new VideoFrame(canvas, { timestamp: index * 33_333 })
      encoder.encode(frame, { ...options, keyFrame: index === 0 })
      frame.close()
    }
    const late = new Promise<boolean>((done) => setTimeout(() => done(false), PROBE_MS))
    return await Promise.race([encoder.flush().then(() => chunks === 2), late])
  } finally {
    if (encoder.state !== 'closed') encoder.close()
  }
}
