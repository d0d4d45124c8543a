/** What this package uses of `env.AI.autorag(name)`; structural, so that no ambient types are needed. */
export interface AISearchBinding {
  aiSearch(params: { query: string; stream?: boolean; [option: string]: unknown }): Promise<unknown>
}
