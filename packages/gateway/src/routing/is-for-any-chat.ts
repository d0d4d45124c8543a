import type { Model } from '@gw/catalog'

/** What makes a model one for special requests: it speaks, draws, judges, or searches and charges for it. */
const special: ReadonlySet<string> = new Set(['realtime', 'audio_output', 'image_output', 'moderation', 'web_search'])

/** Models that their names tell apart from the family. */
const specialNames = /search|deep-research|computer-use|robotics|native-audio|embodied/

/** Whether a model answers chats of every kind. Others are for whoever lists them in the pool. */
export function isForAnyChat({ model, capabilities }: Pick<Model, 'model' | 'capabilities'>): boolean {
  return !capabilities.some((capability) => special.has(capability)) && !specialNames.test(model)
}
