export type { AiSdkFactory, AiSdkProvider, AiSdkSource } from './ai-sdk/ai-sdk-source.ts'
export { fromAiSdk, type FromAiSdkOptions } from './ai-sdk/from-ai-sdk.ts'
