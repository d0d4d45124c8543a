import { anthropicMessages, openaiChat, openaiCompletions } from '@gw/adapters'
import { cloudflareDialect } from '../errors/cloudflare-dialect.ts'
import { chatSurface } from './chat-surface.ts'

export const chatCompletions = chatSurface({ id: 'chat-completions', format: openaiChat })
export const messages = chatSurface({ id: 'messages', format: anthropicMessages })
/** OpenAI's legacy completions. */
export const completions = chatSurface({ id: 'completions', format: openaiCompletions })
/** Cloudflare's unified chat. */
export const compat = chatSurface({ id: 'compat', format: openaiChat, dialect: cloudflareDialect })
