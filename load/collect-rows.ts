import type { AdminApi } from './cast/admin-api.ts'
import type { Row } from './audit/evidence.ts'

interface Page {
  data: Row[]
  next_cursor: string | null
}

/** All rows of the organisations, as the control plane lists them. */
export async function collectRows(orgs: readonly string[], api: AdminApi): Promise<Row[]> {
  const rows: Row[] = []
  for (const org of orgs) {
    for (let cursor: string | null = ''; cursor !== null;) {
      const after: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`
      const page: Page = await api.get<Page>(`/logs?org_id=${org}&limit=1000${after}`)
      rows.push(...page.data)
      cursor = page.next_cursor
    }
  }
  return rows
}
