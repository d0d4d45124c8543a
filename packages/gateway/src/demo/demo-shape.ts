import { trafficModels } from './traffic-models.ts'
import type { TrafficShape } from './traffic-shape.ts'

/** The gateway that all demo data is in, and nothing else. */
export const demoGatewayId = 'demo'

const metadataOf = (team: string, environment: string, weight: number) => ({
  weight,
  entries: { demo: true, team, environment },
})

/** A small company that tries things out. Keys and users are names without anybody behind them. */
export function demoShape(orgId: string): TrafficShape {
  const { small, large, writer, quick, fast, edge, own } = trafficModels
  const common = { orgId, gatewayId: demoGatewayId, streams: 0.6, cached: 0, failed: 0.02 }
  return {
    callers: [
      {
        ...common,
        weight: 5,
        gatewayKeyId: 'Demo web app',
        userId: null,
        models: [small, quick, own],
        cached: 0.2,
        metadata: [metadataOf('search', 'production', 4), metadataOf('support', 'production', 1)],
      },
      {
        ...common,
        weight: 3,
        gatewayKeyId: 'Demo coding agent',
        userId: 'Demo Ada',
        models: [writer, large],
        metadata: [metadataOf('platform', 'staging', 1)],
      },
      {
        ...common,
        weight: 2,
        gatewayKeyId: 'Demo nightly job',
        userId: 'Demo Lin',
        models: [fast, edge],
        streams: 0,
        failed: 0.05,
        metadata: [metadataOf('data', 'production', 1)],
      },
    ],
    incidents: [{ provider: 'openai', from: 0.7, to: 0.73, failed: 0.5 }],
  }
}
