#!/usr/bin/env node
import module from 'node:module'
import { startOnNode } from '@hood-exports/command-line/node-floor'
import manifest from '../package.json' with { type: 'json' }

await startOnNode(manifest, () => {
  // Before anything large is loaded: from the second start on, V8 reads what it compiled at the first.
  module.enableCompileCache()
  return import('./cli.ts')
})
