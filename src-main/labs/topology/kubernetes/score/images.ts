// ImageLocality: images that lie on the node already, each weighed by how widely it lies in the cluster.
// Formula: kube-scheduler, plugins/imagelocality; older versions leave out the number of containers.
import { show } from '../../figures.ts'
import type { Cluster } from '../cluster.ts'
import { MAX_SCORE, type MakeScorer, asIs } from './types.ts'

const MIB = 1024 ** 2
export const LEAST_IMAGE_BYTES = 23 * MIB
export const MOST_IMAGE_BYTES_EACH = 1000 * MIB

/** An image that lies on the node. */
export interface ImageHere {
  size: number
  /** nodes that have it */
  nodes: number
}

/** floor(size * nodes / total) of one image, in bytes. */
const spreadSize = ({ size, nodes }: ImageHere, total: number): number => Math.floor(size * (nodes / total))

function scoreOf(sum: number, containers: number): number {
  const most = MOST_IMAGE_BYTES_EACH * containers
  const cut = Math.min(most, Math.max(LEAST_IMAGE_BYTES, sum))
  return Math.floor((MAX_SCORE * (cut - LEAST_IMAGE_BYTES)) / (most - LEAST_IMAGE_BYTES))
}

/**
 * @param total all nodes, at least 1
 * @param containers widens the upper bound; 1 for the older form
 */
export function imageScore(
  images: readonly ImageHere[],
  total: number,
  containers: number,
): { raw: number; score: number; working: string[] } {
  const parts = images.map((one) => spreadSize(one, total))
  const raw = parts.reduce((sum, one) => sum + one, 0)
  const score = scoreOf(raw, containers)
  const mib = (bytes: number): string => `${show(bytes / MIB)} Mi`
  const [least, most] = [23, 1000 * containers]
  return {
    raw,
    score,
    working: [
      ...images.map(({ size, nodes }, index) => `${mib(size)} * ${nodes} / ${total} = ${mib(parts[index] ?? 0)}`),
      `Sum ${mib(raw)}, between ${least} and ${show(most)} Mi: ${mib(Math.min(most * MIB, Math.max(LEAST_IMAGE_BYTES, raw)))}`,
      `floor(100 * (sum - ${least}) / (${show(most)} - ${least})) = ${score}`,
    ],
  }
}

/** How widely an image lies in a cluster, and what it is worth on each node. */
interface Image {
  nodes: number
  worth: Float64Array
}

/** Most images that are remembered for one cluster; its images do not change while pods are placed. */
const MOST_KEPT = 256
const memories = new WeakMap<Cluster, Map<string, Image>>()

function imageIn(cluster: Cluster, name: string): Image {
  const memory = memories.get(cluster) ?? new Map<string, Image>()
  memories.set(cluster, memory)
  const known = memory.get(name)
  if (known !== undefined) return known
  const nodes = cluster.nodes.reduce((count, { images }) => count + (images[name] === undefined ? 0 : 1), 0)
  const worth = Float64Array.from(cluster.nodes, ({ images }) => {
    const size = images[name]
    return size === undefined ? 0 : spreadSize({ size, nodes }, cluster.nodes.length)
  })
  if (memory.size >= MOST_KEPT) memory.clear()
  const image = { nodes, worth }
  memory.set(name, image)
  return image
}

export const imageLocality: MakeScorer = ({ cluster, pod, options }) => {
  const names = pod.containers.map(({ image }) => image).filter((image) => image !== '')
  const wanted = names.map((name) => ({ name, ...imageIn(cluster, name) })).filter(({ nodes }) => nodes > 0)
  const containers = options.imagesPerContainer ? pod.containers.length : 1
  return {
    raw(node) {
      if (wanted.length === 0) return 0
      let sum = 0
      for (const { worth } of wanted) sum += worth[node] ?? 0
      return scoreOf(sum, containers)
    },
    normalise: asIs,
    explain(node) {
      const here = wanted.flatMap(({ name, nodes }): ImageHere[] => {
        const size = cluster.nodes[node]?.images[name]
        return size === undefined ? [] : [{ size, nodes }]
      })
      return here.length === 0
        ? ['No image of the pod lies on the node: 0.']
        : imageScore(here, cluster.nodes.length, containers).working
    },
  }
}
