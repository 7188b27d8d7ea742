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

/** How many nodes have each image, worked out once for a cluster, whose images do not change while pods are placed. */
const tallies = new WeakMap<Cluster, Map<string, number>>()

function tallyOf(cluster: Cluster): Map<string, number> {
  let tally = tallies.get(cluster)
  if (tally !== undefined) return tally
  tally = new Map()
  for (const { images } of cluster.nodes) for (const name in images) tally.set(name, (tally.get(name) ?? 0) + 1)
  tallies.set(cluster, tally)
  return tally
}

export const imageLocality: MakeScorer = ({ cluster, pod, options }) => {
  const tally = tallyOf(cluster)
  const wanted = pod.containers.map(({ image }) => image).filter((image) => tally.has(image))
  const total = cluster.nodes.length
  const containers = options.imagesPerContainer ? pod.containers.length : 1
  const here = (node: number): ImageHere[] =>
    wanted.flatMap((name) => {
      const size = cluster.nodes[node]?.images[name]
      return size === undefined ? [] : [{ size, nodes: tally.get(name) ?? 0 }]
    })
  return {
    raw: (node) => {
      if (wanted.length === 0) return 0
      return scoreOf(
        here(node).reduce((sum, one) => sum + spreadSize(one, total), 0),
        containers,
      )
    },
    normalise: asIs,
    explain: (node) => {
      const images = here(node)
      return images.length === 0
        ? ['No image of the pod lies on the node: 0.']
        : imageScore(images, total, containers).working
    },
  }
}
