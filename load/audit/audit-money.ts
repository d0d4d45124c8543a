import { models } from '../plan/models.ts'
import type { Evidence, Finding, Row, UpstreamRecord } from './evidence.ts'

/** Usage is what the provider counted, cost is usage times the price, and the bill adds up. */
export function auditMoney(evidence: Evidence): Finding {
  const violations: string[] = []
  const priced = new Map<string, number>()
  let reported = 0
  for (const row of evidence.rows) {
    violations.push(...checkBill(row), ...checkCharge(row))
    const price = checkPrice(row)
    if (price) {
      priced.set(price.model, (priced.get(price.model) ?? 0) + 1)
      violations.push(...price.violations)
    }
    if (row.usage_source !== 'reported') continue
    reported += 1
    violations.push(...checkUsage(row, evidence))
  }
  if (priced.size < 2) violations.push(`Only ${priced.size} models could be checked by hand.`)
  const byHand = [...priced].map(([model, rows]) => `${model} ${rows}`).join(', ')
  return {
    title: 'money is usage times price',
    figures: `${reported} rows reported, each as its provider counted; by hand: ${byHand}; each cost is the sum of its bill`,
    violations,
  }
}

function checkBill({ id, cost_nano_usd: cost, bill }: Row): string[] {
  const sum = bill.reduce((total, { nano_usd }) => total + nano_usd, 0)
  return cost !== null && cost !== sum ? [`Row ${id} costs ${cost} nano-USD, its bill says ${sum}.`] : []
}

/** What budgets count is never less than the cost, and the cost itself where one attempt came to its end by itself. */
function checkCharge(row: Row): string[] {
  const { id, cost_nano_usd: cost, charged_nano_usd: charged, attempts, error_type: error, ending } = row
  if (charged === null || cost === null) return []
  const wasGivenUp = error === 'timeout' || ending === 'client_gone'
  const isRight = attempts.length > 1 || wasGivenUp ? charged >= cost : charged === cost
  return isRight ? [] : [`Row ${id} costs ${cost} nano-USD and charges ${charged}.`]
}

function checkPrice(row: Row): { model: string; violations: string[] } | undefined {
  const model = models.find(({ provider, name }) => provider === row.provider && name === row.model)
  const { input = 0, output = 0, ...others } = row.usage
  const isPlain = Object.values(others).every((quantity) => quantity === 0)
  if (!model?.price || row.cost_nano_usd === null || input + output === 0 || !isPlain) return undefined
  const cost = input * model.price.input + output * model.price.output
  const isRight = row.cost_nano_usd === cost
  return {
    model: model.name,
    violations: isRight
      ? []
      : [`Row ${row.id}: ${input} and ${output} tokens of ${model.name} cost ${cost}, not ${row.cost_nano_usd}.`],
  }
}

function checkUsage(row: Row, { upstreamOf }: Evidence): string[] {
  const record = (upstreamOf.get(row.event_id) ?? []).findLast((one) => stepOf(one) === row.step)
  if (!record) return [`Row ${row.id} reports usage, and no provider saw ${row.event_id}.${row.step}.`]
  // A refused prompt is counted in another way.
  if (record.faults.includes('content-filter')) return []
  const { words, output } = countedBy(record)
  const { input: tokensIn = 0, output: tokensOut = 0, ...others } = row.usage
  const isOther = Object.values(others).some((quantity) => quantity > 0)
  return tokensIn === words && tokensOut === output && !isOther
    ? []
    : [
        `Row ${row.id} (${row.event_id}) has the usage ${JSON.stringify(row.usage)}; its provider counted ${words} and ${output}.`,
      ]
}

const said = /load-\d+\.(\d+) f=\S+ words (\d+)[^"]*/

function stepOf({ body }: UpstreamRecord): number {
  return Number(said.exec(JSON.stringify(body ?? ''))?.[1] ?? -1)
}

/** The simulator counts words: all of the text in the prompt, and so many in the answer as the text asks for. */
function countedBy({ body }: UpstreamRecord): { words: number; output: number } {
  const [text = '', , output] = said.exec(JSON.stringify(body ?? '')) ?? []
  return { words: text.trim().split(/\s+/).length, output: Number(output) }
}
