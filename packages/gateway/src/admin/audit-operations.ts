import * as z from 'zod'
import type { AuditEntry } from '../audit/audit-store.ts'
import type { Deps } from '../deps.ts'
import { listSchema } from './api/list-schema.ts'
import { operation } from './api/operation.ts'

const time = z.coerce.number().int().min(0).optional()

const entryAnswer = z.object({
  id: z.string(),
  at: z.number(),
  org_id: z.string().nullable(),
  actor: z.object({ kind: z.enum(['operator', 'user', 'gateway_key']), id: z.string().nullable(), name: z.string() }),
  action: z.string(),
  method: z.string(),
  path: z.string(),
  subject: z.string().nullable(),
  changes: z.record(z.string(), z.unknown()),
  status: z.number(),
})

/** Who changed what. */
export function auditOperations({ control }: Deps) {
  return [
    operation(
      {
        method: 'GET',
        path: '/audit',
        tag: 'Audit',
        summary:
          'Changes made through the control plane, newest first; with `system=true` those of the gateway as a whole.',
        access: ({ query }) => (query.system === 'true' ? 'operator' : 'admin'),
        query: z.strictObject({
          system: z.enum(['true', 'false']).optional(),
          limit: z.coerce.number().int().min(1).max(1000).default(50),
          cursor: z.string().min(1).optional(),
          from: time,
          to: time,
          actor: z.string().min(1).optional(),
          action: z.string().min(1).optional(),
        }),
        answer: listSchema(entryAnswer),
      },
      async ({ query: { system: _, ...query }, org }) => {
        const found = await control.audit.list({ ...query, orgId: org?.id ?? null })
        const data = found.slice(0, query.limit).map(toPublic)
        return { data, next_cursor: found.length > query.limit ? (data.at(-1)?.id ?? null) : null }
      },
    ),
  ] as const
}

function toPublic({ orgId, action, ...entry }: AuditEntry) {
  return { ...entry, org_id: orgId, action, method: action.split(' ', 1)[0] ?? '' }
}
