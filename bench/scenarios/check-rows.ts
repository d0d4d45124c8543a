import { adminKey } from '../targets/secrets.ts'
import type { Ready } from '../targets/child-protocol.ts'

interface Rows {
  data: { ending: string; cost_nano_usd: number | null; usage_source: string }[]
}

/** @throws Error unless the gateway has written complete rows with their cost: the work that is measured is done. */
export async function checkRows({ url }: Ready): Promise<number> {
  const response = await fetch(`${url}/api/logs?limit=100`, { headers: { authorization: `Bearer ${adminKey}` } })
  const { data }: Rows = JSON.parse(await response.text())
  const wrong = data.filter(
    (row) => row.ending !== 'complete' || row.cost_nano_usd === null || row.usage_source !== 'reported',
  )
  if (data.length === 0 || wrong.length > 0) throw new Error(`Log rows are wrong: ${JSON.stringify(wrong.slice(0, 2))}`)
  return data.length
}
