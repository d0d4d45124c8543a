import type { FeatureGroup } from '../feature.ts'
import { chatLike, partsLike, sayAlike, sayBeside, sayInParts } from './ask.ts'

const url = 'https://files.example/cat.png'
const pdfUrl = 'https://files.example/paper.pdf'
const png = 'iVBORw0KGgoMARKIMAGE'
const pdf = 'JVBERi0xLjQMARKPDF00'
const wav = 'UklGRgMARKAUDIO00000'

const textOf = (text: string) => ({ type: 'text', text })
const turns = (first: string, answer: string, second: string) => [
  { role: 'user', content: first },
  { role: 'assistant', content: answer },
  { role: 'user', content: second },
]
const system = { role: 'system', content: 'Speak like a pirate.' }
const question = { role: 'user', content: 'Hi' }
const cached = { cache_control: { type: 'ephemeral' } }
const sayTexts = (more: object) => {
  const messages = [{ role: 'user', content: [{ type: 'text', text: 'Long ago.', ...more }] }]
  return { 'openai-chat': { messages }, 'anthropic-messages': { messages }, 'workers-ai': { messages } }
}
const chatImage = (address: string) => ({ type: 'image_url', image_url: { url: address } })

const sayDetail = (detail?: string) => {
  const image_url = { url: `data:image/png;base64,${png}`, ...(detail !== undefined && { detail }) }
  const messages = [{ role: 'user', content: [{ type: 'image_url', image_url }] }]
  const image = { type: 'input_image', image_url: image_url.url, detail: detail ?? 'auto' }
  return {
    'openai-chat': { messages },
    'cohere-chat': { messages },
    'openai-responses': { input: [{ role: 'user', content: [image] }] },
  }
}
const sayDocument = (more: object) => {
  const source = { type: 'text', media_type: 'text/plain', data: 'Facts.' }
  return { messages: [{ role: 'user', content: [{ type: 'document', source, ...more }] }] }
}

export const content: FeatureGroup = {
  title: 'What the conversation holds',
  features: [
    {
      kind: 'request',
      name: 'text',
      marks: ['What is a narwhal?'],
      says: {
        ...sayAlike([...chatLike, 'anthropic-messages'], {
          messages: [{ role: 'user', content: 'What is a narwhal?' }],
        }),
        'openai-responses': { with: { input: 'What is a narwhal?' } },
        ...sayInParts({ 'gemini-generate': [{ text: 'What is a narwhal?' }] }),
      },
    },
    {
      kind: 'request',
      name: 'system',
      marks: ['Speak like a pirate.'],
      says: {
        ...sayAlike(chatLike, { messages: [system, question] }),
        'openai-responses': { with: { instructions: system.content } },
        'anthropic-messages': { with: { system: system.content } },
        'gemini-generate': { with: { systemInstruction: { parts: [{ text: system.content }] } } },
      },
    },
    {
      kind: 'request',
      name: 'multi-turn',
      marks: ['One?', 'Two.', 'Three?'],
      says: {
        ...sayAlike([...chatLike, 'anthropic-messages'], { messages: turns('One?', 'Two.', 'Three?') }),
        'openai-responses': { with: { input: turns('One?', 'Two.', 'Three?') } },
        'gemini-generate': {
          with: {
            contents: turns('One?', 'Two.', 'Three?').map(({ role, content: text }) => ({
              role: role === 'assistant' ? 'model' : role,
              parts: [{ text }],
            })),
          },
        },
      },
    },
    {
      kind: 'request',
      name: 'image by URL',
      marks: [url],
      says: sayInParts({
        'openai-chat': [textOf('See?'), chatImage(url)],
        'cohere-chat': [textOf('See?'), chatImage(url)],
        'workers-ai': [textOf('See?'), chatImage(url)],
        'openai-responses': [{ type: 'input_image', image_url: url, detail: 'auto' }],
        'anthropic-messages': [{ type: 'image', source: { type: 'url', url } }],
        'gemini-generate': [{ fileData: { fileUri: url, mimeType: 'image/png' } }],
      }),
    },
    {
      kind: 'request',
      name: 'image by data',
      marks: [png],
      says: {
        ...sayInParts({
          'openai-chat': [textOf('See?'), chatImage(`data:image/png;base64,${png}`)],
          'cohere-chat': [textOf('See?'), chatImage(`data:image/png;base64,${png}`)],
          'workers-ai': [textOf('See?'), chatImage(`data:image/png;base64,${png}`)],
          'openai-responses': [{ type: 'input_image', image_url: `data:image/png;base64,${png}`, detail: 'auto' }],
          'anthropic-messages': [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: png } }],
          'gemini-generate': [{ inlineData: { mimeType: 'image/png', data: png } }],
        }),
        'ollama-chat': { with: { messages: [{ role: 'user', content: 'See?', images: [png] }], stream: false } },
      },
    },
    {
      kind: 'request',
      name: 'image detail',
      says: sayBeside(sayDetail(), sayDetail('low')),
    },
    {
      kind: 'request',
      name: 'PDF by data',
      marks: [pdf],
      says: sayInParts({
        'openai-chat': [{ type: 'file', file: { filename: 'a.pdf', file_data: `data:application/pdf;base64,${pdf}` } }],
        'workers-ai': [{ type: 'file', file: { filename: 'a.pdf', file_data: `data:application/pdf;base64,${pdf}` } }],
        'openai-responses': [
          { type: 'input_file', filename: 'a.pdf', file_data: `data:application/pdf;base64,${pdf}` },
        ],
        'anthropic-messages': [
          { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: pdf } },
        ],
        'gemini-generate': [{ inlineData: { mimeType: 'application/pdf', data: pdf } }],
      }),
    },
    {
      kind: 'request',
      name: 'file by URL',
      marks: [pdfUrl],
      says: sayInParts({
        'openai-chat': [{ type: 'file', file: { file_url: pdfUrl } }],
        'openai-responses': [{ type: 'input_file', file_url: pdfUrl }],
        'anthropic-messages': [{ type: 'document', source: { type: 'url', url: pdfUrl } }],
        'gemini-generate': [{ fileData: { fileUri: pdfUrl, mimeType: 'application/pdf' } }],
      }),
    },
    {
      kind: 'request',
      name: 'audio',
      marks: [wav],
      says: {
        ...sayInParts({ 'gemini-generate': [{ inlineData: { mimeType: 'audio/wav', data: wav } }] }),
        ...sayAlike(partsLike, {
          messages: [{ role: 'user', content: [{ type: 'input_audio', input_audio: { data: wav, format: 'wav' } }] }],
        }),
      },
    },
    {
      kind: 'request',
      name: 'prompt-cache mark',
      says: sayBeside(sayTexts({}), sayTexts(cached)),
    },
    {
      kind: 'request',
      name: 'name of a speaker',
      marks: ['Ann'],
      says: sayAlike(partsLike, { messages: [{ role: 'user', name: 'Ann', content: 'Hi' }] }),
    },
    {
      kind: 'request',
      name: 'may be cited',
      says: {
        'anthropic-messages': { with: sayDocument({ citations: { enabled: true } }), without: sayDocument({}) },
      },
    },
  ],
}
