export { createSimulator } from './create-simulator.ts'
export type { Simulator } from './create-simulator.ts'
export type { RequestRecord } from './request-log.ts'
export type { SimulatorOptions } from './state.ts'
