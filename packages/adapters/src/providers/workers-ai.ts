import { entryOf } from '../entry-of.ts'
import { defineProvider } from '../provider.ts'
import { workersAI as workersAIRun } from '../wire/workers-ai.ts'

/** @see https://developers.cloudflare.com/workers-ai/ */
export const workersAI = defineProvider({ ...entryOf('workers-ai'), wire: workersAIRun })
