import { openaiChat } from '@gw/adapters'
import { cloudflareDialect } from '../errors/cloudflare-dialect.ts'
import { asObject, readJsonBody } from '../steps/read-json-body.ts'
import { inboundChat, planChat } from './chat-surface.ts'
import type { Surface } from './surface.ts'

/** Chat completions by a dynamic route that the path names; the body need not name a model. */
export function dynamicRouteSurface(route: string): Surface {
  return {
    id: 'dynamic',
    dialect: cloudflareDialect,
    parse: async (inbound, deps) => {
      const said = asObject((await readJsonBody(inbound.http, deps.maxBodyBytes)).value)
      const body = { ...said, model: `dynamic/${route}` }
      return planChat(inboundChat(openaiChat, { text: JSON.stringify(body), body }, deps), inbound, deps)
    },
  }
}
