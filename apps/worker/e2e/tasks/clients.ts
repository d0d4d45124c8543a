import Anthropic from '@anthropic-ai/sdk'
import { GoogleGenAI } from '@google/genai'
import { HTTPClient, Mistral } from '@mistralai/mistralai'
import { CohereClientV2 } from 'cohere-ai'
import { Ollama } from 'ollama'
import OpenAI from 'openai'
import { gatewayKey, gatewayUrl } from '../gateway-under-test.ts'

/** SDKs as their documentation sets them up, whose requests carry a mark to find their rows by. */
export function createClients(mark: string) {
  const headers = { 'cf-aig-metadata': JSON.stringify({ mark }) }
  const native = `${gatewayUrl}/v1/acc/default`
  return {
    openai: new OpenAI({ apiKey: gatewayKey, baseURL: `${gatewayUrl}/v1`, maxRetries: 0, defaultHeaders: headers }),
    anthropic: new Anthropic({ apiKey: gatewayKey, baseURL: gatewayUrl, maxRetries: 0, defaultHeaders: headers }),
    google: new GoogleGenAI({ apiKey: gatewayKey, httpOptions: { baseUrl: gatewayUrl, headers } }),
    ollama: new Ollama({ host: gatewayUrl, headers: { ...headers, authorization: `Bearer ${gatewayKey}` } }),
    cohere: new CohereClientV2({ token: gatewayKey, environment: `${native}/cohere`, headers, maxRetries: 0 }),
    mistral: mistralClient(`${native}/mistral`, (request) => withHeaders(request, headers)),
    /** Leaves the version out, which the gateway knows. */
    mistralWithoutVersion: mistralClient(`${native}/mistral`, (request) =>
      withHeaders(new Request(request.url.replace('/mistral/v1/', '/mistral/'), request), headers),
    ),
  }
}

function mistralClient(serverURL: string, change: (request: Request) => Request): Mistral {
  const httpClient = new HTTPClient()
  httpClient.addHook('beforeRequest', change)
  return new Mistral({ apiKey: gatewayKey, serverURL, httpClient })
}

function withHeaders(request: Request, headers: Record<string, string>): Request {
  const changed = new Request(request)
  for (const [name, value] of Object.entries(headers)) changed.headers.set(name, value)
  return changed
}
