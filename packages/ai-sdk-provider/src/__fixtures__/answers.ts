/** What a provider is asked. */
export interface Asked {
  provider: string
  endpoint: string
  query: Record<string, unknown>
}

/** Recorded shapes of the providers' answers, by the end of the path. The first that matches answers. */
const routes: readonly (readonly [RegExp, (asked: Asked) => unknown])[] = [
  [/v1\/responses$|\/responses$|^responses/, ({ query }) => openaiResponse(String(query['model']))],
  [/v1\/messages$/, () => anthropicMessage],
  [/image.*:generateContent$/, () => geminiImage],
  [/:generateContent$/, () => geminiContent],
  [/:predictLongRunning$/, () => ({ name: 'operations/1' })],
  [/:embedContent$/, () => ({ embedding: { values: [0.1, 0.2] } })],
  [/:batchEmbedContents$/, () => ({ embeddings: [{ values: [0.1, 0.2] }, { values: [0.3, 0.4] }] })],
  [
    /:predict$/,
    () => ({
      predictions: [{ bytesBase64Encoded: 'aW1n', embeddings: { values: [0.1], statistics: { token_count: 1 } } }],
    }),
  ],
  [/\/converse$/, () => bedrockConverse],
  [/\/invoke$/, () => ({ embedding: [0.1, 0.2], inputTextTokenCount: 1, images: ['aW1n'] })],
  [/chat\/completions/, ({ query }) => chatCompletion(String(query['model']))],
  [/v2\/chat$/, () => cohereChat],
  [
    /v2\/embed$/,
    () => ({ id: 'e', texts: ['a'], embeddings: { float: [[0.1, 0.2]] }, meta: { billed_units: { input_tokens: 1 } } }),
  ],
  [/v2\/rerank$/, () => ({ id: 'r', results: [{ index: 1, relevance_score: 0.9 }], meta: {} })],
  [
    /rerank$/,
    () => ({
      id: 'r',
      model: 'm',
      results: [{ index: 1, relevance_score: 0.9 }],
      usage: { prompt_tokens: 1, completion_tokens: 0, total_tokens: 1 },
    }),
  ],
  [/embeddings/, ({ query }) => embeddings(query['input'])],
  [/images\/(?:generations|edits)/, () => ({ created: 1, data: [{ b64_json: 'aW1n' }] })],
  [/audio\/transcriptions/, () => transcription],
  [/(?:v1\/speech-to-text|v1\/stt)$/, () => transcription],
  [/v1\/listen$/, () => deepgramTranscription],
  [/predictions(?:\/p1)?$/, () => replicatePrediction],
  [
    /^fal-ai\/flux/,
    () => ({ images: [{ url: 'https://fal.media/a.png', width: 1, height: 1, content_type: 'image/png' }] }),
  ],
  [/v1\/videos\/generations$/, () => ({ request_id: 'r1' })],
  [
    /v1\/videos\/r1$/,
    () => ({
      status: 'done',
      video: { url: 'https://vidgen.x.ai/a.mp4', duration: 5, respect_moderation: true },
      model: 'v',
    }),
  ],
]

/** A provider's answer to a request that it would accept, or its 404. */
export function answerTo(asked: Asked): Response {
  if (/audio\/speech|text-to-speech|v1\/speak|\/tts/.test(asked.endpoint)) {
    return new Response(new Uint8Array([1, 2, 3]), { headers: { 'content-type': 'audio/mpeg' } })
  }
  if (asked.endpoint.startsWith('image_generation/')) {
    return new Response(new Uint8Array([1, 2, 3]), { headers: { 'content-type': 'image/png' } })
  }
  if (asked.query['stream'] === true && /chat\/completions/.test(asked.endpoint)) return chatStream()
  const [, answer] = routes.find(([pattern]) => pattern.test(asked.endpoint.replace(/\?.*$/, ''))) ?? []
  return answer
    ? Response.json(answer(asked))
    : Response.json({ error: { message: `No answer for ${asked.provider}/${asked.endpoint}` } }, { status: 404 })
}

export function chatCompletion(model: string, content = 'Hello') {
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1_700_000_000,
    model,
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 5, completion_tokens: 2, total_tokens: 7 },
  }
}

/** A stream of chat completion events. */
export function chatStream(words: readonly string[] = ['Hel', 'lo']): Response {
  const chunk = (delta: object, finish: string | null) => ({
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1_700_000_000,
    model: 'm',
    choices: [{ index: 0, delta, finish_reason: finish }],
  })
  const events = [...words.map((content) => chunk({ role: 'assistant', content }, null)), chunk({}, 'stop')]
  const text = `${events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')}data: [DONE]\n\n`
  return new Response(text, { headers: { 'content-type': 'text/event-stream' } })
}

export function openaiResponse(model: string, text = 'Hello') {
  return {
    id: 'resp_1',
    object: 'response',
    created_at: 1_700_000_000,
    status: 'completed',
    model,
    error: null,
    instructions: null,
    max_output_tokens: null,
    metadata: null,
    tool_choice: 'auto',
    tools: [],
    temperature: 1,
    top_p: 1,
    output: [
      {
        id: 'msg_1',
        type: 'message',
        status: 'completed',
        role: 'assistant',
        content: [{ type: 'output_text', text, annotations: [] }],
      },
    ],
    usage: {
      input_tokens: 5,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: 2,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: 7,
    },
  }
}

const anthropicMessage = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'claude',
  content: [{ type: 'text', text: 'Hello' }],
  stop_reason: 'end_turn',
  stop_sequence: null,
  usage: { input_tokens: 5, output_tokens: 2 },
}

const geminiContent = {
  candidates: [{ content: { role: 'model', parts: [{ text: 'Hello' }] }, finishReason: 'STOP', index: 0 }],
  usageMetadata: { promptTokenCount: 5, candidatesTokenCount: 2, totalTokenCount: 7 },
}

const geminiImage = {
  candidates: [
    {
      content: { role: 'model', parts: [{ inlineData: { mimeType: 'image/png', data: 'aW1n' } }] },
      finishReason: 'STOP',
      index: 0,
    },
  ],
  usageMetadata: { promptTokenCount: 5, candidatesTokenCount: 2, totalTokenCount: 7 },
}

const transcription = {
  text: 'hello',
  model: 'm',
  task: 'transcribe',
  language: 'english',
  language_code: 'en',
  language_probability: 1,
  duration: 1,
  segments: [],
  words: [],
  usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2, prompt_audio_seconds: 1 },
  x_groq: { id: 'g' },
}

const deepgramTranscription = {
  metadata: { duration: 1 },
  results: { channels: [{ alternatives: [{ transcript: 'hello', words: [] }] }] },
}

const replicatePrediction = {
  id: 'p1',
  status: 'succeeded',
  output: 'https://replicate.delivery/a.png',
  urls: { get: 'https://api.replicate.com/v1/predictions/p1' },
}

const bedrockConverse = {
  output: { message: { role: 'assistant', content: [{ text: 'Hello' }] } },
  stopReason: 'end_turn',
  usage: { inputTokens: 5, outputTokens: 2, totalTokens: 7 },
}

const cohereChat = {
  id: 'c',
  generation_id: 'c',
  message: { role: 'assistant', content: [{ type: 'text', text: 'Hello' }] },
  finish_reason: 'COMPLETE',
  usage: { billed_units: { input_tokens: 5, output_tokens: 2 }, tokens: { input_tokens: 5, output_tokens: 2 } },
}

function embeddings(input: unknown) {
  const values = Array.isArray(input) ? input : [input]
  return {
    object: 'list',
    model: 'm',
    data: values.map((_, index) => ({ object: 'embedding', index, embedding: [0.1, 0.2] })),
    usage: { prompt_tokens: 1, total_tokens: 1 },
  }
}
