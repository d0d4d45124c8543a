import type { Cell } from './feature.ts'
import { upstreams, type Inbound } from './formats.ts'
import { knownGaps } from './known-gaps.ts'
import type { Row, Section } from './matrix.ts'

/** The document: for each caller's format, tables of what becomes of its features at each provider's format. */
export function formatDocument(sections: readonly Section[]): string {
  return `${[introduction, contents(sections), ...sections.map(formatSection), gaps].join('\n\n')}\n`
}

const models = upstreams.map(({ label, format, model }) => `| ${label} | \`${format.id}\` | \`${model}\` |`)

const introduction = `# What survives between formats

A caller may speak any of the formats below, and the model may be behind any other. This page says what becomes of each
feature on the way there (requests) and back (answers). It is made by \`pnpm --filter @gw/adapters formats\`, which sends
every feature through the real translation and looks where it comes out; a test fails when the page is out of date or
when a feature vanishes without a warning or an error.

| a cell says | which means |
|---|---|
| as is | caller and provider speak the same format: bodies pass byte for byte, but for answers that have to be repaired |
| same | the provider, or the caller, reads the same words |
| \`a.place\` | it is said in other words, there in the provider's request or in the caller's answer; ✓ stands for the place beside the feature's name |
| ⚠ \`a.place\` | so too, but bent, or said in part: an entry of \`gw-warnings\` names what is missing |
| dropped ⚠ | left out, and named in \`gw-warnings\` |
| error | refused with \`unsupported\` or \`invalid_request\`, as leaving it out would change the answer |
| – | the provider's answers do not have it |
| gap | lost without a word; see the end of the page |

What a format can take often depends on the model. The columns stand for these:

| column | format | model |
|---|---|---|
${models.join('\n')}

Features of whole answers are looked for in streams too. A request that no table names was not tried.`

function contents(sections: readonly Section[]): string {
  const lines = sections.map(({ inbound }) => `- [${inbound.label}](#${anchorOf(titleOf(inbound.label))})`)
  return `Callers of\n\n${lines.join('\n')}`
}

const titleOf = (label: string): string => `Callers of ${label}`

const anchorOf = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^\w -]/g, '')
    .replaceAll(' ', '-')

function formatSection({ inbound, groups }: Section): string {
  const unsaid = groups.flatMap(({ rows }) => rows.filter(isUnsayable).map(({ feature }) => feature))
  const tables = groups.flatMap(({ title, rows }) => {
    const sayable = rows.filter((row) => !isUnsayable(row))
    return sayable.length === 0 ? [] : [formatTable(title, sayable, inbound)]
  })
  const missing = unsaid.length > 0 ? [`The format has no words for: ${unsaid.join(', ')}.`] : []
  return [`## ${titleOf(inbound.label)}`, ...tables, ...missing].join('\n\n')
}

const isUnsayable = ({ cells }: Row): boolean => cells.every(({ state }) => state === 'unsayable')

function formatTable(title: string, rows: readonly Row[], inbound: Inbound): string {
  const head = ['', ...upstreams.map(({ label }) => label)]
  const lines = [head, head.map(() => '---'), ...rows.map((row) => formatRow(row, inbound))].map(
    (cells) => `| ${cells.join(' | ')} |`,
  )
  return [`### ${title}`, lines.join('\n')].join('\n\n')
}

/** A place that is the same in all cells stands beside the feature's name. */
function formatRow({ feature, cells }: Row, inbound: Inbound): string[] {
  const others = cells.filter((_, index) => upstreams[index]?.format.id !== inbound.id)
  const mapped = others.flatMap((cell) => (cell.state === 'mapped' ? [cell.how] : []))
  const [place = ''] = mapped
  const isShared = mapped.length > 1 && place.startsWith('`') && mapped.every((how) => how === place)
  const said = cells.map((cell, index) => {
    if (cell.state === 'unsayable') return '–'
    if (upstreams[index]?.format.id === inbound.id) return 'as is'
    return isShared && cell.state === 'mapped' ? '✓' : formatCell(cell)
  })
  return [isShared ? `${feature} → ${place}` : feature, ...said]
}

function formatCell(cell: Cell): string {
  switch (cell.state) {
    case 'mapped':
      return cell.how || '✓'
    case 'bent':
      return `⚠ ${cell.how}`
    default:
      return words[cell.state]
  }
}

const words = {
  same: 'same',
  dropped: 'dropped ⚠',
  error: 'error',
  unsayable: '–',
  lost: 'gap',
} as const

const gapLines = knownGaps.map(({ feature, inbound, upstream, reason }) => {
  return `- *${feature}* from \`${inbound}\` at \`${upstream}\`: ${reason}`
})

const gaps = `## Known gaps\n\n${gapLines.length > 0 ? gapLines.join('\n') : 'None.'}`
