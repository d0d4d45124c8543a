/** What the models of all kinds have in common: whose they are and what they were made with. */
export class BaseModel<Id extends string, Settings, Config extends { provider: string }> {
  readonly specificationVersion = 'v4'
  readonly modelId: Id
  readonly settings: Settings
  readonly config: Config

  constructor(modelId: Id, settings: Settings, config: Config) {
    this.modelId = modelId
    this.settings = settings
    this.config = config
  }

  /** Name for logs, such as `workersai.chat`. */
  get provider(): string {
    return this.config.provider
  }
}
