export { serveSimulator } from './serve-simulator.ts'
export type { ServeOptions, SimulatorServer } from './serve-simulator.ts'
