#!/usr/bin/env node
import manifest from '../package.json' with { type: 'json' }
// @boundaries-ignore one check for every command
import { nodeComplaint } from '../../../node-floor.ts'

const complaint = nodeComplaint(manifest, process.versions.node)
if (complaint === undefined) await import('./cli.ts')
else {
  process.stderr.write(complaint)
  process.exitCode = 2
}
