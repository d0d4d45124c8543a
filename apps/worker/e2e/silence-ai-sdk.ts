/** The AI SDK does not know gateway model names and says so in every call. */
Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false })
