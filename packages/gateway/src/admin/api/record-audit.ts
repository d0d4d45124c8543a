import type { AuditActor } from '../../audit/audit-store.ts'
import type { Deps } from '../../deps.ts'
import { isObject } from '@gw/adapters'
import type { Actor } from './actor.ts'
import type { Operation, ParsedInput } from './operation.ts'
import { withoutSecrets } from './secret-field.ts'

/** More than this of what was sent is not kept. */
const mostBytes = 16 * 1024

/** Writes down who changed what. A row that cannot be written is reported; the change has been made all the same. */
export async function recordAudit(
  operation: Operation,
  { input, answer, status }: { input: ParsedInput; answer: unknown; status: number },
  deps: Deps,
): Promise<void> {
  const { c, params, org, actor } = input
  const sent = withoutSecrets(input.sent, operation.body)
  const id = deps.createId()
  const { org: _inPath, ...ids } = params
  const made = isObject(answer) && typeof answer['id'] === 'string' ? answer['id'] : null
  const entry = {
    id,
    at: deps.now(),
    orgId: org?.id ?? null,
    actor: actor || !operation.isPublic ? toAuditActor(actor) : whoSignedIn(answer),
    action: operation.key,
    path: c.req.path,
    subject: Object.values(ids).join('/') || made,
    changes: JSON.stringify(sent).length > mostBytes ? { too_long: Object.keys(sent) } : sent,
    status,
  }
  await deps.control.audit.add(entry).catch((error: unknown) => deps.report(error, id))
}

/** Who had a password, an invitation or the admin key in the body: the answer says who they are now. */
function whoSignedIn(answer: unknown): AuditActor {
  const user = isObject(answer) ? answer['user'] : undefined
  if (!isObject(user)) return toAuditActor(undefined)
  return { kind: 'user', id: String(user['id']), name: String(user['email']) }
}

export function toAuditActor(actor: Actor | undefined): AuditActor {
  if (actor?.kind === 'user') return { kind: 'user', id: actor.user.id, name: actor.user.email }
  return { kind: 'operator', id: null, name: 'admin key' }
}
