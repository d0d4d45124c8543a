import type { ReasoningDetail } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'
import { formatId } from './format-id.ts'

/** The format's own blocks of reasoning as items, the blocks of one item together again; other blocks are left out. */
export function formatReasoningItems(details: readonly ReasoningDetail[]): JsonObject[] {
  const groups: ReasoningDetail[][] = []
  for (const detail of details) {
    if (detail.format !== formatId) continue
    const last = groups.at(-1)
    if (last && continues(last, detail)) last.push(detail)
    else groups.push([detail])
  }
  return groups.map(formatItem)
}

/** Blocks without an id belong together up to what is encrypted, which comes last. */
function continues(group: readonly ReasoningDetail[], detail: ReasoningDetail): boolean {
  const last = group.at(-1)
  return last?.id === detail.id && last?.type !== 'reasoning.encrypted'
}

function formatItem(group: readonly ReasoningDetail[]): JsonObject {
  const id = group.at(0)?.id
  const content = group.filter(({ type }) => type === 'reasoning.text').map(({ text = '' }) => text)
  const encrypted = group.find(({ type }) => type === 'reasoning.encrypted')?.data
  return {
    type: 'reasoning',
    ...(id !== undefined && { id }),
    summary: group
      .filter(({ type }) => type === 'reasoning.summary')
      .map(({ text = '' }) => ({ type: 'summary_text', text })),
    ...(content.length > 0 && { content: content.map((text) => ({ type: 'reasoning_text', text })) }),
    ...(encrypted !== undefined && { encrypted_content: encrypted }),
  }
}
