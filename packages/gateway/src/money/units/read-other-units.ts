import type { UnitCall, Units } from '../read-units.ts'
import { numberIn, objectIn, textIn, withoutZeros } from './fields.ts'
import { firstMatch, type UnitRule } from './first-match.ts'

const rules: readonly UnitRule[] = [
  { path: /\/ocr$/, providers: ['mistral'], read: readPages },
  { path: /\/rerank$/, read: readRanking },
]

/** Pages that were read, and rankings. */
export function readOtherUnits(call: UnitCall): Units | undefined {
  return firstMatch(rules, call)
}

/** Fields that ask for more than the text of the pages. */
const annotations = ['document_annotation_format', 'bbox_annotation_format'] as const

/** @see https://docs.mistral.ai/capabilities/document_ai/annotations */
function readPages({ request, answer }: UnitCall): Units | undefined {
  const pages = numberIn(objectIn(answer, 'usage_info')?.['pages_processed'])
  if (pages === undefined) return undefined
  const model = textIn(answer?.['model'])
  const isAnnotated = annotations.some((field) => Boolean(request?.[field]))
  return {
    usage: withoutZeros({ pages }),
    ...(isAnnotated && { variant: { mode: 'annotated' } }),
    ...(model !== undefined && { model }),
  }
}

/** Cohere's search units, or else the tokens that Jina, Voyage and llama.cpp count. @see https://docs.cohere.com/reference/rerank */
function readRanking({ answer }: UnitCall): Units | undefined {
  const units = numberIn(objectIn(objectIn(answer, 'meta'), 'billed_units')?.['search_units'])
  if (units !== undefined) return { usage: withoutZeros({ search_units: units }) }
  const tokens = numberIn(objectIn(answer, 'usage')?.['total_tokens'])
  return tokens === undefined ? undefined : { usage: withoutZeros({ input: tokens }) }
}
