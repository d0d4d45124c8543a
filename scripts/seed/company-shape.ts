import { createRandom } from '../../packages/gateway/src/demo/create-random.ts'
import { trafficModels } from '../../packages/gateway/src/demo/traffic-models.ts'
import type { TrafficCaller, TrafficShape } from '../../packages/gateway/src/demo/traffic-shape.ts'

/** Organisations of made-up traffic: their share of it, and how many keys they have. */
export const companies = [
  { id: 'default', name: 'Default', weight: 50, keys: 12 },
  { id: 'globex', name: 'Globex', weight: 25, keys: 8 },
  { id: 'initech', name: 'Initech', weight: 17, keys: 6 },
  { id: 'umbrella', name: 'Umbrella', weight: 8, keys: 3 },
] as const

export type Company = (typeof companies)[number]

/** Gateways of every company. */
export const gatewayIds = ['default', 'production', 'internal'] as const

const teams = ['search', 'support', 'ads', 'platform', 'data', 'mobile'] as const
const models = Object.values(trafficModels)

/** Keys that differ in everything that requests are told apart by; a few callers make most of the requests. */
export function companyShape(seed: number): TrafficShape {
  const random = createRandom(seed)
  const callers = companies.flatMap((company) =>
    Array.from({ length: company.keys }, (_, index): TrafficCaller => {
      const chosen = [random.pick(models), random.pick(models), random.pick(models)]
      const usesCache = index % 3 === 0
      return {
        // Falls with the number of the key, as 1/n.
        weight: company.weight / (index + 1),
        orgId: company.id,
        gatewayId: gatewayIds[index % gatewayIds.length] ?? 'default',
        gatewayKeyId: keyIdOf(company, index),
        userId: index % 2 === 0 ? null : userIdOf(company, index),
        models: [...new Set(chosen)].map((model) => ({ ...model, providerKeyId: `${company.id}-${model.provider}` })),
        streams: index % 4 === 3 ? 0 : 0.6,
        cached: usesCache ? 0.15 : 0,
        failed: 0.02,
        metadata: metadataOf(index),
      }
    }),
  )
  return {
    callers,
    incidents: [
      { provider: 'openai', from: 0.41, to: 0.413, failed: 0.6 },
      { provider: 'anthropic', from: 0.87, to: 0.875, failed: 0.35 },
    ],
  }
}

/** The id of a company's key. */
export function keyIdOf({ id }: Company, index: number): string {
  return `seed-${id}-key-${index + 1}`
}

/** The id of the user that a key is of. */
export function userIdOf({ id }: Company, index: number): string {
  return `seed-${id}-user-${index + 1}`
}

/** Two callers of three say who they ask for; one of these has customers. */
function metadataOf(index: number): TrafficCaller['metadata'] {
  const team = teams[index % teams.length] ?? 'search'
  if (index % 3 === 2) return [{ weight: 1, entries: {} }]
  if (index % 3 === 1)
    return ['production', 'staging'].map((environment) => ({ weight: 1, entries: { team, environment } }))
  return Array.from({ length: 40 }, (_, customer) => ({
    weight: 1 / (customer + 1),
    entries: { team, customer: `customer-${customer + 1}` },
  }))
}
