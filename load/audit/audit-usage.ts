import type { Evidence, Finding, Row, UsageTotals } from './evidence.ts'

const inputClasses = ['input', 'cache_read', 'cache_write_5m', 'cache_write_1h', 'input_audio', 'input_image']
const outputClasses = ['output', 'reasoning', 'output_audio', 'output_image']

/** The hourly roll-up of each organisation is the sum of its rows. */
export function auditUsage({ prepared, rows, usage, neuronsUsed }: Evidence): Finding {
  const violations: string[] = []
  for (const org of prepared.orgs) {
    const rolledUp = usage.get(org)
    const summed = sumOf(rows.filter(({ org_id }) => org_id === org))
    for (const [name, value] of Object.entries(summed)) {
      const other = Object.entries(rolledUp ?? {}).find(([field]) => field === name)?.[1]
      if (other !== value) violations.push(`${org}: ${name} of the rows is ${value}, of the roll-up ${other}.`)
    }
  }
  const all = sumOf(rows)
  // All rows are of this day and this account.
  const milliNeurons = Math.round(neuronsUsed * 1000)
  if (milliNeurons !== all.milli_neurons)
    violations.push(`The rows have ${all.milli_neurons} thousandths of a neuron, the ledger ${milliNeurons}.`)
  return {
    title: 'the hourly roll-up is the sum of the rows',
    figures:
      `${all.requests} requests, ${all.input_tokens} tokens in, ${all.output_tokens} out, ${all.cost_nano_usd} nano-USD cost, ` +
      `${all.charged_nano_usd} charged, ${all.milli_neurons / 1000} neurons, ${all.unchecked} unchecked, ${all.unpriced} unpriced, ` +
      `in ${prepared.orgs.length} organisations`,
    violations,
  }
}

function sumOf(rows: readonly Row[]): UsageTotals {
  const sum = (value: (row: Row) => number): number => rows.reduce((total, row) => total + value(row), 0)
  const tokens = (classes: readonly string[]) =>
    sum(({ usage }) => classes.reduce((total, name) => total + (usage[name] ?? 0), 0))
  return {
    requests: rows.length,
    unchecked: sum(({ unchecked }) => Number(unchecked)),
    unpriced: sum(({ cost_nano_usd }) => Number(cost_nano_usd === null)),
    input_tokens: tokens(inputClasses),
    output_tokens: tokens(outputClasses),
    cost_nano_usd: sum(({ cost_nano_usd }) => cost_nano_usd ?? 0),
    charged_nano_usd: sum(({ charged_nano_usd }) => charged_nano_usd ?? 0),
    milli_neurons: sum(({ milli_neurons }) => milli_neurons ?? 0),
  }
}
