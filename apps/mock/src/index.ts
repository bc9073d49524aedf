export { createMock } from './mock.ts'
export type { Mock, MockOptions } from './mock.ts'
export { PortTaken, startMock } from './server.ts'
export type { RunningMock, ServerOptions } from './server.ts'
