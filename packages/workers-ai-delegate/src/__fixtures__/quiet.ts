// Warnings are looked at where they matter; the SDK would print each.
Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false })
