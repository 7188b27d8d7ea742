// A compose file as a drawing: its services are containers of one engine, its networks are bridges beside it. What a
// drawing has no place for is said. Fields: Compose Specification, "Services" and "Networks".
import type { ReadDrawing } from '../../../../contract/lab.ts'
import { quoted } from '../../../../formats/refusal.ts'
import type { TopologyModel, TopologyNode } from '../schema.ts'
import { Builder, titleIn } from './builder.ts'
import { texts } from './texts.ts'
import { type YamlValue, readYaml } from './yaml-source.ts'

const MOST_COPIES = 20
const PERIOD_US = 100_000
const MAX_MIB = 67_108_864

/** Fields of a service that are read here; others are named as left out. */
const known = new Set(
  (
    'image platform ports expose network_mode networks pid ipc uts cgroup privileged cap_add user volumes mem_limit ' +
    'mem_reservation cpus cpu_quota cpu_period deploy scale'
  ).split(' '),
)
/** They say nothing about what a drawing shows, or only how the image is started. */
const silent = new Set('container_name hostname restart depends_on labels'.split(' '))

/** @throws InterlockError `bad-input` with line and column */
export function readCompose(text: string): ReadDrawing<TopologyModel> {
  const [file, ...more] = readYaml(text)
  const services = file?.wantedMap().get('services').wantedMap()
  if (file === undefined || services === undefined || services.keys().length === 0) {
    return file?.refuse(texts.compose.noServices) ?? refuseEmpty()
  }
  more[0]?.refuse(texts.compose.several)
  const builder = new Builder()
  const os = builder.add('os', 'Linux', builder.add('host', 'host', null))
  const engine = builder.add('engine', 'Docker', os)
  const bridges = new Map<string, TopologyNode>()
  const bridge = (name: string): TopologyNode => {
    const there = bridges.get(name) ?? builder.add('bridge', name, os)
    bridges.set(name, there)
    return there
  }
  for (const name of file.get('networks').wantedMap().keys()) bridge(name)
  for (const name of services.keys()) {
    const service = services.get(name).wantedMap()
    const fields = containerOf(name, service, builder)
    const copies = copiesOf(name, service, builder)
    const nets = netsOf(service)
    for (let copy = 1; copy <= copies; copy += 1) {
      const container = builder.add('container', copy === 1 ? name : `${name}-${copy}`, engine, fields)
      for (const net of nets) builder.join('attached', container, bridge(net))
    }
    for (const key of service.keys()) if (!known.has(key) && !silent.has(key)) builder.leave(key, name)
  }
  for (const key of file.keys()) {
    if (!['services', 'networks', 'name', 'version'].includes(key) && !key.startsWith('x-')) builder.leave(key, 'file')
  }
  return builder.done(titleIn(text) || file.get('name').text())
}

const refuseEmpty = (): never => {
  throw new Error('a text without documents is not recognised as a compose file')
}

function containerOf(name: string, service: YamlValue, builder: Builder): object {
  const limits = service.get('deploy').get('resources').get('limits')
  const reserved = service.get('deploy').get('resources').get('reservations')
  const user = service.get('user').text()
  const [port, ...ports] = portsOf(service)
  if (ports.length > 0) builder.remark(texts.compose.onePort(name, ports.map(({ port }) => port).join(', ')))
  const first = (a: YamlValue, b: YamlValue): YamlValue => (a.there ? a : b)
  return {
    image: service.get('image').text() || undefined,
    ...platformOf(service),
    ...(port !== undefined && { port: port.port, ...(port.host > 0 && { hostPort: port.host }) }),
    ...(service.get('network_mode').text() === 'host' && { net: false }),
    ...Object.fromEntries(
      (['pid', 'ipc', 'uts', 'cgroup'] as const).flatMap((key) =>
        service.get(key).text() === 'host' ? [[key, false]] : [],
      ),
    ),
    ...(service.get('privileged').plain === true && { privileged: true }),
    ...capabilitiesOf(name, service, builder),
    ...(/^(0|root)?(:.*)?$/.test(user) ? {} : { root: false }),
    ...volumesOf(name, service, builder),
    // no limit in the file is none in the drawing
    memory: mebibytes(first(service.get('mem_limit'), limits.get('memory'))),
    request: mebibytes(first(service.get('mem_reservation'), reserved.get('memory'))) || undefined,
    ...cpuOf(service, first(service.get('cpus'), limits.get('cpus'))),
  }
}

function platformOf(service: YamlValue): object {
  const [family = '', arch = ''] = service.get('platform').text().split('/')
  return {
    ...(family === 'windows' && { family: 'windows' }),
    ...(/^(amd64|x86_64)$/.test(arch) && { arch: 'x86-64' }),
    ...(/^(arm64|aarch64)$/.test(arch) && { arch: 'arm64' }),
  }
}

interface Port {
  port: number
  /** 0: not published */
  host: number
}

/** "80", "8080:80", "127.0.0.1:8080:80/udp", "3000-3005", and the long form. */
function portsOf(service: YamlValue): Port[] {
  const published = service
    .get('ports')
    .wantedList()
    .map((entry): Port => {
      if (entry.isMap) {
        const host = entry.get('published').whole(1, 65_535) ?? 0
        const port = entry.get('target').whole(1, 65_535)
        return port === undefined ? entry.refuse(texts.compose.port(quoted(''))) : { port, host }
      }
      const text = entry.text()
      const found = /^(?:(?:\d+(?:\.\d+){3}|\[[\da-fA-F:]+\]):)?(?:(\d*)(?:-\d+)?:)?(\d+)(?:-\d+)?(?:\/\w+)?$/.exec(
        text,
      )
      const [host, port] = [Number(found?.[1] || 0), Number(found?.[2] ?? 0)]
      if (port < 1 || port > 65_535 || host > 65_535) entry.refuse(texts.compose.port(quoted(text)))
      return { port, host }
    })
  const exposed = service
    .get('expose')
    .wantedList()
    .map((entry): Port => {
      const port = Number(
        entry
          .text()
          .replace(/\/\w+$/, '')
          .split('-')[0],
      )
      return port >= 1 && port <= 65_535 ? { port, host: 0 } : entry.refuse(texts.compose.port(quoted(entry.text())))
    })
  const taken = new Set(published.map(({ port }) => port))
  return [...published, ...exposed.filter(({ port }) => !taken.has(port))]
}

function capabilitiesOf(name: string, service: YamlValue, builder: Builder): object {
  const added = service
    .get('cap_add')
    .wantedList()
    .map((entry) => entry.text().toUpperCase().replace(/^CAP_/, ''))
  const rest = added.filter((one) => one !== 'SYS_ADMIN' && one !== 'ALL')
  if (rest.length > 0) builder.leave(`cap_add ${rest.join(', ')}`, name)
  return added.length > rest.length ? { sysAdmin: true } : {}
}

function volumesOf(name: string, service: YamlValue, builder: Builder): object {
  const volumes = service.get('volumes').wantedList()
  const sources = volumes.map((one) => (one.isMap ? one.get('source').text() : (one.text().split(':')[0] ?? '')))
  if (sources.some((source) => source !== '/')) builder.leave('volumes', name)
  return sources.includes('/') ? { hostRoot: true } : {}
}

function cpuOf(service: YamlValue, cpus: YamlValue): object {
  const period = service.get('cpu_period').whole(1_000, 1_000_000)
  const quota = service.get('cpu_quota').whole(-1, 10_000_000)
  if (quota !== undefined && quota > 0) return { quota, period }
  if (!cpus.there) return {}
  const share = Number(cpus.text())
  if (!(share >= 0.01 && share <= 100)) cpus.refuse(texts.compose.cpus(quoted(cpus.text())))
  return { quota: Math.round(share * PERIOD_US), period: PERIOD_US }
}

const units: Readonly<Record<string, number>> = { b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 }

/** "512m", "1g", 67108864: bytes, with the unit that Compose takes as a power of 1024. Rounded up. */
function mebibytes(value: YamlValue): number {
  if (!value.there) return 0
  const text = value.text()
  const found = /^(\d+(?:\.\d+)?)\s*(?:([bkmg])b?)?$/i.exec(text)
  const mib = Math.ceil((Number(found?.[1] ?? -1) * (units[(found?.[2] ?? 'b').toLowerCase()] ?? 1)) / 1024 ** 2)
  return found !== null && mib >= 0 && mib <= MAX_MIB ? mib : value.refuse(texts.compose.memory(quoted(text)))
}

/** Services of which nothing is said are on the network that every project has. */
function netsOf(service: YamlValue): string[] {
  if (service.get('network_mode').there) return []
  const networks = service.get('networks')
  if (!networks.there) return ['default']
  return networks.isMap ? networks.keys() : networks.wantedList().map((entry) => entry.text())
}

function copiesOf(name: string, service: YamlValue, builder: Builder): number {
  const asked =
    service.get('scale').whole(0, 1_000_000) ?? service.get('deploy').get('replicas').whole(0, 1_000_000) ?? 1
  if (asked > MOST_COPIES) builder.remark(texts.compose.copies(name, asked, MOST_COPIES))
  return Math.min(asked, MOST_COPIES)
}
