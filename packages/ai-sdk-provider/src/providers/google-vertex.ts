import { createVertex as create } from '@ai-sdk/google-vertex/edge'
import { authWrapper, CF_TEMP_TOKEN } from '../auth.ts'
import { isObject } from '../is-object.ts'

type Config = NonNullable<Parameters<typeof create>[0]>

const createWithKey: (config?: Config) => ReturnType<typeof create> = /* @__PURE__ */ authWrapper(create)

/**
 * `createVertex` of @ai-sdk/google-vertex/edge for use behind a gateway: needs no credentials, only `project` and
 * `location`, and its models show the gateway their requests.
 */
export const createVertex: typeof create = (config = {}) => {
  if (config.googleCredentials !== undefined || config.apiKey !== undefined) return createWithKey(config)
  // With a key instead of credentials the provider leaves the project out of its URLs unless they are given.
  const baseURL = config.baseURL ?? projectURL(config)
  // Without a project it throws what is missing, once it makes a model.
  return baseURL === undefined ? create(config) : createWithKey({ ...config, apiKey: CF_TEMP_TOKEN, baseURL })
}

function projectURL(config: Config): string | undefined {
  const project = config.project ?? readVariable('GOOGLE_VERTEX_PROJECT')
  const location = config.location ?? readVariable('GOOGLE_VERTEX_LOCATION')
  if (!project || !location) return undefined
  return `https://${hostOf(location)}/v1beta1/projects/${project}/locations/${location}/publishers/google`
}

function hostOf(location: string): string {
  if (location === 'global') return 'aiplatform.googleapis.com'
  const isMultiRegion = location === 'eu' || location === 'us'
  return isMultiRegion ? `aiplatform.${location}.rep.googleapis.com` : `${location}-aiplatform.googleapis.com`
}

/** An environment variable, where the runtime has such. */
function readVariable(name: string): string | undefined {
  const process: unknown = Reflect.get(globalThis, 'process')
  const value: unknown = isObject(process) && isObject(process['env']) ? process['env'][name] : undefined
  return typeof value === 'string' ? value : undefined
}
