import { createAiGateway } from '@gw/ai-sdk-provider'

/** A Worker that takes AI SDK models through its binding. */
export default {
  fetch: async (_request: Request, { AI }: { AI: Ai }): Promise<Response> => {
    const gateway = createAiGateway({ binding: AI.gateway('default'), resume: { binding: AI, gateway: 'default' } })
    return new Response(gateway.specificationVersion)
  },
}
