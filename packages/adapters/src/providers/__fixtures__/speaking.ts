import { findChatApi, type Provider } from '../../provider.ts'

/** A provider that speaks several dialects, in the one in which it serves a model to callers of a format. */
export function speaking(provider: Provider, model: string, callerFormat?: string): Provider {
  return { ...provider, ...findChatApi(provider, model, callerFormat) }
}
