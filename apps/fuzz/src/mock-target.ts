import { startMock } from '@hood-exports/mock'
import { headerOf } from './request.ts'
import { words } from './words.ts'
import type { Target } from './target.ts'

const FAULTS = words(`
  delay=1 delay=0-2ms truncate=3 truncate=0 drop html no-items unknown-values status=404
  status=429 retry-after=-1 empty-500 status=500@50% x@1% @ =`)
const PREFERENCES = words(`
  code=200 code=404 code=429 code=418 code=500 example=empty example=nope dynamic=true
  dynamic=false seed=x wait=1 ; =`)

export async function mockTarget(): Promise<Target> {
  const failures: unknown[] = []
  const { port, mock, close } = await startMock({ port: 0, control: 'on', onError: (error) => failures.push(error) })
  return {
    port,
    failures,
    ingredients: {
      tokens: ['any'],
      ids: ['1000000'],
      paths: ['/', '/reference', '/openapi.json', '/_mock/scenarios', '/_mock/reset', '/_mock/x'],
      bodies: ['{"times":0}', '{"faults":1}', '{"faults":"drop","times":3}', '{"prefer":"code=500"}', '{"faults'],
      scripts: { Prefer: PREFERENCES, 'X-Fault': FAULTS },
    },
    mayBreak: (request) => /drop|truncate/.test(headerOf(request, 'X-Fault')),
    mayFail: (request) => (headerOf(request, 'X-Fault') + headerOf(request, 'Prefer')).includes('500'),
    mayDeviate: (request) => headerOf(request, 'X-Fault') !== '',
    checkItems: () => {},
    settle: async ({ target }) => {
      if (target.includes('_mock')) mock.reset()
    },
    close,
  }
}
