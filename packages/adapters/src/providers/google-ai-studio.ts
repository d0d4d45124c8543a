import { entryOf } from '../entry-of.ts'
import { defineProvider } from '../provider.ts'
import { geminiGenerate } from '../wire/gemini-generate.ts'

/** @see https://ai.google.dev/api/generate-content */
export const googleAIStudio = defineProvider({ ...entryOf('google-ai-studio'), wire: geminiGenerate })
