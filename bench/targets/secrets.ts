/** Opens the control plane of the gateway under test. */
export const adminKey = 'admin-of-the-benchmark'

/** What the gateway under test holds for its providers. The upstream takes any key. */
export const upstreamKeys = { OPENAI_API_KEY: 'sk-bench-openai', ANTHROPIC_API_KEY: 'sk-bench-anthropic' }
