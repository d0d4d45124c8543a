import {
  ApiError,
  GoogleGenAI,
  type Content,
  type FunctionCall,
  type GenerateContentConfig,
  type GenerateContentResponse,
} from '@google/genai'
import { gatewayKey, gatewayUrl } from '../gateway-under-test.ts'
import { whole, type Ask, type ChatDriver, type Failed, type Told, type ToolCall } from './chat-driver.ts'

const client = (apiKey = gatewayKey): GoogleGenAI => new GoogleGenAI({ apiKey, httpOptions: { baseUrl: gatewayUrl } })

/** The `@google/genai` package. */
export const geminiDriver: ChatDriver = {
  sdk: '@google/genai',
  finish: { stop: 'STOP', tools: 'STOP' },
  errors: { 401: 'ApiError', 404: 'ApiError', 429: 'ApiError' },
  showsReasoning: () => true,
  hasWholeCalls: true,
  losesHeaders: true,
  ask: async (ask) => (await complete(ask, [userContent(ask)])).told,
  stream: async (ask) => (await stream(ask, [userContent(ask)])).told,
  runTools: (ask, run) => loop(complete, ask, run),
  streamTools: (ask, run) => loop(stream, ask, run),
  fail: async (ask, apiKey) => {
    const error: unknown = await client(apiKey)
      .models.generateContent({ ...parameters(ask), contents: [userContent(ask)] })
      .catch((thrown: unknown) => thrown)
    return toFailed(error)
  },
}

interface Turn {
  told: Told
  content: Content
}

type Send = (ask: Ask, contents: Content[]) => Promise<Turn>

const complete: Send = async (ask, contents) => {
  const response = await client().models.generateContent({ ...parameters(ask), contents })
  return { told: toTold([response], whole), content: contentOf([response]) }
}

const stream: Send = async (ask, contents) => {
  const responses: GenerateContentResponse[] = []
  for await (const response of await client().models.generateContentStream({ ...parameters(ask), contents })) {
    responses.push(response)
  }
  const parts = responses.map(partsOf)
  const pieces = {
    text: parts.filter((own) => own.some(({ text, thought }) => text && !thought)).length,
    // Gemini's calls come whole.
    toolArguments: parts.flat().filter(({ functionCall }) => functionCall).length,
  }
  return { told: toTold(responses, pieces), content: contentOf(responses) }
}

async function loop(send: Send, ask: Ask, run: (call: ToolCall) => string): Promise<{ first: Told; last: Told }> {
  const question = [userContent(ask)]
  const { told: first, content } = await send(ask, question)
  const results = first.calls.map((call) => ({
    functionResponse: { id: call.id, name: call.name, response: { output: run(call) } },
  }))
  const { told: last } = await send(ask, [...question, content, { role: 'user', parts: results }])
  return { first, last }
}

function parameters({ model, tools, schema, reasoning }: Ask): { model: string; config: GenerateContentConfig } {
  return {
    model,
    config: {
      maxOutputTokens: 4096,
      ...(tools && {
        tools: [
          {
            functionDeclarations: tools.map(({ name, description, schema: parametersJsonSchema }) => ({
              name,
              description,
              parametersJsonSchema,
            })),
          },
        ],
      }),
      ...(schema && { responseMimeType: 'application/json', responseJsonSchema: schema }),
      ...(reasoning && { thinkingConfig: { includeThoughts: true, thinkingBudget: 2048 } }),
    },
  }
}

function userContent({ text, image }: Ask): Content {
  const inlineData = image && { mimeType: 'image/png', data: image.replace(/^.*,/, '') }
  return { role: 'user', parts: [{ text }, ...(inlineData ? [{ inlineData }] : [])] }
}

const partsOf = ({ candidates }: GenerateContentResponse) => candidates?.[0]?.content?.parts ?? []

/** What the model said, as it goes back to it: parts with their signatures. */
const contentOf = (responses: GenerateContentResponse[]): Content => ({
  role: 'model',
  parts: responses.flatMap(partsOf),
})

function toTold(responses: GenerateContentResponse[], pieces: Told['pieces']): Told {
  const parts = responses.flatMap(partsOf)
  const usage = responses.map(({ usageMetadata }) => usageMetadata).findLast(Boolean)
  return {
    pieces,
    text: parts.map(({ text = '', thought }) => (thought ? '' : text)).join(''),
    reasoning: parts.map(({ text = '', thought }) => (thought ? text : '')).join(''),
    calls: parts.flatMap(({ functionCall }) => (functionCall ? [toCall(functionCall)] : [])),
    finish: responses.flatMap(({ candidates }) => candidates?.[0]?.finishReason ?? []).at(-1),
    usage: {
      input: usage?.promptTokenCount,
      output: (usage?.candidatesTokenCount ?? 0) + (usage?.thoughtsTokenCount ?? 0),
      reasoning: usage?.thoughtsTokenCount,
    },
  }
}

/** Gemini's calls need no id: their order tells them apart. */
function toCall({ id, name = '', args }: FunctionCall): ToolCall {
  return { id: id ?? name, name, input: args }
}

/** Google's SDK keeps no headers of an error. */
function toFailed(error: unknown): Failed {
  if (!(error instanceof ApiError)) throw new Error('The request did not fail as an ApiError.', { cause: error })
  const { status, message } = error
  return { errorClass: error.constructor.name, status, retryAfter: undefined, message }
}
