/** Whether a header is between caller and gateway only and so never reaches a provider; the name in lower case. */
export function isGatewayHeader(name: string): boolean {
  return name.startsWith('cf-aig-') || name.startsWith('gw-') || name === 'cf-cache-ttl' || name === 'cf-skip-cache'
}
