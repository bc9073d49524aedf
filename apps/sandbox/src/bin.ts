#!/usr/bin/env node
import { startOnNode } from '@hood-exports/command-line/node-floor'
import manifest from '../package.json' with { type: 'json' }

await startOnNode(manifest, () => import('./cli.ts'))
