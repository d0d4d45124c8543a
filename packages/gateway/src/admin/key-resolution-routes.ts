import type { LevelExplanation } from '@gw/keys'
import { Hono } from 'hono'
import * as z from 'zod'
import type { Deps } from '../deps.ts'
import { findGateway } from '../steps/find-gateway.ts'
import { judgeFree } from '../steps/judge-free.ts'
import { findCaller } from './find-caller.ts'
import { findOrg } from './find-org.ts'
import { findProvider } from './find-provider.ts'
import { parse } from './parse.ts'

const query = z.strictObject({
  org_id: z.string().optional(),
  provider: z.string().min(1),
  user_id: z.string().min(1).optional(),
  gateway_key_id: z.string().min(1).optional(),
  gateway_id: z.string().min(1).default('default'),
  alias: z.string().min(1).optional(),
})

/** Which key a call would get, and why: the same judgement that calls are made with. */
export function keyResolutionRoutes(deps: Deps): Hono {
  const app = new Hono()
  app.get('/key-resolution', async (c) => {
    const { provider: named, gateway_id: gatewayId, alias, ...who } = parse(query, c.req.query())
    const { id: orgId } = await findOrg(c, deps)
    const provider = findProvider(named, deps)
    const caller = await findCaller(orgId, who, deps)
    const [account, gateway] = await Promise.all([
      deps.accounts.find(caller),
      findGateway(caller, gatewayId, deps.gateways),
    ])
    const tierId = account.tier?.id ?? null
    const { id: providerId, envKeys, envSets = [], keyless = false } = provider
    const { isPossible, reason } = await judgeFree({ provider }, { caller, account, gateway }, deps)
    const free = { isPossible, reason }
    const levels = await deps.keyResolver.explainKeyResolution({
      providerId,
      caller,
      tierId,
      alias,
      envKeys,
      envSets,
      free,
    })
    return c.json({ provider: providerId, keyless, tier_id: tierId, data: levels.map(toPublic) })
  })
  return app
}

function toPublic({ level, outcome, reason, keys }: LevelExplanation) {
  return { level, outcome, reason, keys: keys.map(({ lastFour, ...key }) => ({ ...key, last_four: lastFour })) }
}
