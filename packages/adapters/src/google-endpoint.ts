/**
 * The host, below `googleapis.com`, that serves Vertex AI in a location.
 * @see https://cloud.google.com/vertex-ai/docs/reference/rest#service-endpoint
 */
export function googleEndpoint(location: string): string {
  if (location === 'global') return 'aiplatform'
  return location === 'us' || location === 'eu' ? `aiplatform.${location}.rep` : `${location}-aiplatform`
}
