import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { formatDocument } from './format-document.ts'
import { upstreams } from './formats.ts'
import { findGap, knownGaps } from './known-gaps.ts'
import { computeMatrix } from './matrix.ts'

const sections = computeMatrix()
const cells = sections.flatMap(({ inbound, groups }) =>
  groups.flatMap(({ rows }) =>
    rows.flatMap((row) =>
      upstreams.map(({ format }, index) => ({
        feature: row.feature,
        inbound: inbound.id,
        upstream: format.id,
        state: row.cells[index]?.state,
      })),
    ),
  ),
)

describe('what survives between formats', () => {
  test('no feature vanishes without a warning or an error', () => {
    const lost = cells.filter(({ state }) => state === 'lost' || state === undefined)
    expect(lost.filter((cell) => !findGap(cell))).toEqual([])
    expect(lost).toHaveLength(knownGaps.length)
  })

  test('every feature can be said by somebody', () => {
    const sayable = new Set(cells.flatMap(({ feature, state }) => (state === 'unsayable' ? [] : [feature])))
    expect(cells.filter(({ feature }) => !sayable.has(feature))).toEqual([])
  })

  test('the document says so', () => {
    const document = readFileSync(new URL('../../../../docs/formats.md', import.meta.url), 'utf8')
    expect(document, 'run `pnpm --filter @gw/adapters formats`').toBe(formatDocument(sections))
  })
})
