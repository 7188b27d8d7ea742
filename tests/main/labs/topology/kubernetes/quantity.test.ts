// Quantities, exactly; and classes of quality of service.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseAmount, parseCpu, showResource } from '../../../../../src-main/labs/topology/kubernetes/quantity.ts'
import { evictionOrder, qosClass, scoreAdjOf } from '../../../../../src-main/labs/topology/kubernetes/qos.ts'

describe('quantities', () => {
  it.each([
    ['500m', 500],
    [0.5, 500],
    [2, 2000],
    ['2', 2000],
    ['1e3', 1_000_000],
    ['0.1', 100],
    [0.1, 100],
    ['100u', 1],
    ['1500000n', 2],
    ['.5', 500],
    ['+3', 3000],
  ])('cpu %s is %d thousandths of a core', (value, expected) => {
    expect(parseCpu(value)).toBe(expected)
  })

  it.each([
    ['128974848', 128_974_848],
    ['129e6', 129_000_000],
    ['129M', 129_000_000],
    ['123Mi', 128_974_848],
    ['128974848000m', 128_974_848],
    ['1Gi', 1_073_741_824],
    ['1.5Gi', 1_610_612_736],
    ['1k', 1000],
    ['1E3', 1000],
    ['2E-1', 1],
    ['4Pi', 4 * 2 ** 50],
    [0, 0],
  ])('memory %s is %d bytes', (value, expected) => {
    expect(parseAmount(value)).toBe(expected)
  })

  it.each(['', 'm', '1 Gi', '1gi', '5GB', '1..2', 'e3', '-1', '9E', '1x', true, null])(
    '%s is refused with a remedy',
    (value) => {
      expect(() => parseAmount(value, 'here')).toThrow(/^here: /)
    },
  )

  it('are written so that they read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (amount) => {
        expect(parseCpu(showResource('cpu', amount))).toBe(amount)
        expect(parseAmount(showResource('memory', amount * 2 ** 20))).toBeGreaterThan(amount * 2 ** 20 * 0.99)
      }),
    )
    expect(showResource('memory', 1.5 * 2 ** 30)).toBe('1.5Gi')
    expect(showResource('nvidia.com/gpu', 3)).toBe('3')
  })
})

describe('quality of service', () => {
  const all = { cpu: 100, memory: 2 ** 30 }
  it('is Guaranteed only when every container has limits as high as its requests', () => {
    expect(qosClass([{ requests: all, limits: all }]).qos).toBe('Guaranteed')
    expect(qosClass([{ requests: {}, limits: all }]).qos).toBe('Guaranteed')
    expect(qosClass([{ requests: all, limits: all }, { requests: {}, limits: {} }]).qos).toBe('Burstable') // prettier-ignore
    expect(qosClass([{ requests: { cpu: 50, memory: 2 ** 30 }, limits: all }]).qos).toBe('Burstable')
    expect(qosClass([{ requests: { cpu: 1 }, limits: {} }]).qos).toBe('Burstable')
    expect(qosClass([{ requests: { 'nvidia.com/gpu': 1 }, limits: {} }]).qos).toBe('BestEffort')
  })

  it('gives each container the badness it starts with', () => {
    const adj = (requests: Record<string, number>, limits: Record<string, number>): number | undefined =>
      scoreAdjOf([{ requests, limits }], 8 * 2 ** 30).containers[0]?.oomScoreAdj
    expect(adj(all, all)).toBe(-997)
    expect(adj({}, {})).toBe(1000)
    expect(adj(all, {})).toBe(875)
  })

  it('evicts first who uses more than requested, then by priority, then by how much', () => {
    const pod = (name: string, priority: number, request: number, usage: number) => ({ name, priority, request, usage })
    const order = evictionOrder([pod('a', 0, 100, 90), pod('b', 5, 10, 50), pod('c', 1, 10, 20), pod('d', 1, 10, 30)])
    expect(order.map(({ name }) => name)).toEqual(['d', 'c', 'b', 'a'])
  })
})
