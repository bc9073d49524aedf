#!/usr/bin/env node
import module from 'node:module'
import manifest from '../package.json' with { type: 'json' }
// @boundaries-ignore one check for every command
import { nodeComplaint } from '../../../node-floor.ts'

const complaint = nodeComplaint(manifest, process.versions.node)
if (complaint === undefined) {
  // Before anything large is loaded: from the second start on, V8 reads what it compiled at the first.
  module.enableCompileCache()
  await import('./cli.ts')
} else {
  process.stderr.write(complaint)
  process.exitCode = 2
}
