import { createWorkersAI } from '@gw/workers-ai-delegate'

/** What a Worker with Cloudflare's ambient types writes. */
export default {
  fetch: async (_request: Request, { AI }: { AI: Ai }): Promise<Response> => {
    const model = createWorkersAI({ binding: AI, gateway: { id: 'default' } })('@cf/meta/llama-3.1-8b-instruct')
    return new Response(model.modelId)
  },
}
