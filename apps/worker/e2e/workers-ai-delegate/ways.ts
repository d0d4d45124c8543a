import { createAiBinding, createWorkersAI, type WorkersAI, type WorkersAISettings } from '@gw/workers-ai-delegate'
import { anthropic } from '@gw/workers-ai-delegate/anthropic'
import { google } from '@gw/workers-ai-delegate/google'
import { openai } from '@gw/workers-ai-delegate/openai'
import { gatewayKey } from '../gateway-under-test.ts'

/** Settings that do not say how the gateway is reached. */
export type Settings = Pick<WorkersAISettings, 'gateway' | 'providers' | 'resume' | 'onResumeExpired'>

/** Makes the provider over one way to the gateway. */
export type Way = (url: string, settings?: Settings) => WorkersAI

export const plugins = [openai, anthropic, google]

const defaults: Settings = { providers: plugins, gateway: { id: 'default' } }

export const overBinding: Way = (url, settings = defaults) =>
  createWorkersAI({ binding: createAiBinding({ baseURL: url, token: gatewayKey }), ...settings })

export const overBaseURL: Way = (url, settings = defaults) =>
  createWorkersAI({ baseURL: url, apiKey: async () => gatewayKey, ...settings })

/** Cloudflare's REST API, with its two hosts at the gateway's address. */
export const overRest: Way = (url, settings = defaults) =>
  createWorkersAI({
    accountId: 'account-1',
    apiKey: gatewayKey,
    fetch: (address, init) =>
      fetch(address.replace(/^https:\/\/(?:api\.cloudflare\.com|gateway\.ai\.cloudflare\.com)/, url), init),
    ...settings,
  })

export const ways: [title: string, way: Way][] = [
  ['createAiBinding', overBinding],
  ['baseURL and apiKey', overBaseURL],
  ['accountId and apiKey', overRest],
]
