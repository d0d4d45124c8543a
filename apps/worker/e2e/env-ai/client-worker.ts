import { playScenario, type Ai } from './scenarios.ts'

/** A Worker as people write them today, with one path for each scenario. */
export default {
  fetch: async (request: Request, env: { AI: Ai }): Promise<Response> => {
    const { pathname, searchParams } = new URL(request.url)
    return Response.json(await playScenario(env.AI, pathname.slice(1), Object.fromEntries(searchParams)))
  },
}
