import { serveSimulator } from '@gw/simulator/node'
import type { TestProject } from 'vitest/node'
import { startGateway } from '../../../scripts/local/start-gateway.ts'

declare module 'vitest' {
  interface ProvidedContext {
    gatewayUrl: string
    gatewayKey: string
    adminKey: string
    simulatorUrl: string
  }
}

/** What the gateway's environment holds for each provider; no test sends one of these itself. */
const env = {
  OPENAI_API_KEY: 'sk-env-openai',
  ANTHROPIC_API_KEY: 'sk-env-anthropic',
  GEMINI_API_KEY: 'sk-env-google-ai-studio',
  GROQ_API_KEY: 'sk-env-groq',
  DEEPSEEK_API_KEY: 'sk-env-deepseek',
  XAI_API_KEY: 'sk-env-grok',
  MISTRAL_API_KEY: 'sk-env-mistral',
  PERPLEXITY_API_KEY: 'sk-env-perplexity-ai',
  TOGETHER_API_KEY: 'sk-env-together',
  CEREBRAS_API_KEY: 'sk-env-cerebras',
  FIREWORKS_API_KEY: 'sk-env-fireworks',
  OPENROUTER_API_KEY: 'sk-env-openrouter',
  COHERE_API_KEY: 'sk-env-cohere',
  AZURE_OPENAI_API_KEY: 'sk-env-azure-openai',
  DASHSCOPE_API_KEY: 'sk-env-alibaba',
  MINIMAX_API_KEY: 'sk-env-minimax',
  HF_TOKEN: 'sk-env-huggingface',
  BASETEN_API_KEY: 'sk-env-baseten',
  PARALLEL_API_KEY: 'sk-env-parallel',
  REPLICATE_API_TOKEN: 'sk-env-replicate',
  GOOGLE_VERTEX_ACCESS_TOKEN: 'sk-env-google-vertex-ai',
  GOOGLE_VERTEX_PROJECT: 'env-project',
  CLOUDFLARE_API_TOKEN: 'sk-env-workers-ai',
  CLOUDFLARE_ACCOUNT_ID: 'account-1',
  AWS_ACCESS_KEY_ID: 'AKIAENVAWSBEDROCK000',
  AWS_SECRET_ACCESS_KEY: 'env/aws-bedrock+secret',
  AWS_REGION: 'eu-central-1',
  GW_MASTER_KEY: Buffer.alloc(32, 1).toString('base64'),
}

/** Starts one simulator, and in front of it one gateway as it is deployed, for all test files. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const simulator = await serveSimulator({ maxRequests: 20_000 })
  const adminKey = 'admin-of-the-tests'
  const keyless = `${simulator.url}/sim/{provider}`
  const upstreams = { '*': `${simulator.url}/{provider}`, lmstudio: keyless, ollama: keyless, vllm: keyless }
  const gateway = await startGateway({ port: 0, state: undefined, adminKey, upstreams, env }).catch(
    async (error: unknown) => {
      await simulator.close()
      throw error
    },
  )
  if (gateway.key === undefined) throw new Error('A gateway without state must make a key.')
  project.provide('gatewayUrl', gateway.url)
  project.provide('gatewayKey', gateway.key)
  project.provide('adminKey', adminKey)
  project.provide('simulatorUrl', simulator.url)
  return async () => {
    await gateway.stop()
    await simulator.close()
  }
}
